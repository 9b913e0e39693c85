"""Pages and charts made from the views of the published database."""

-- How many papers of each year call hosted models, with and without a framework?
from hosted_models_by_year;

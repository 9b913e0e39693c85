-- How many papers have code of another framework now than at their time?
from then_and_now;

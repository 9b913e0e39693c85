-- How many papers have newest code with a different framework from their code of the time?
from then_and_now;

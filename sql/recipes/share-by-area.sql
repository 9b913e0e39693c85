-- What is PyTorch's share in each field and year?
from share_by_area;

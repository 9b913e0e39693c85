-- When did PyTorch pass TensorFlow: among all papers, in each field and at each venue?
from crossing;

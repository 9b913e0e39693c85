-- When did PyTorch pass TensorFlow: among all papers, and in each field?
from crossing;

-- What are the main shares: of PyTorch, of JAX and of code without a framework in the last year?
from finding;

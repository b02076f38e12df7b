"""Who acts on whom: network, matrix, flows."""

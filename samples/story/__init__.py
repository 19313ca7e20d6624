"""What the people of the demo company do over two years, told through the real operations."""

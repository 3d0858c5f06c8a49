"""What the server answers over plain HTTP, beside Streamlit's pages."""

"""What has an address. Streamlit's scripts are run by the server; `api` is imported by app.py."""

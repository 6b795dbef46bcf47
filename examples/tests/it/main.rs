//! The month end as its users run it: twice, killed, exported, and beside the hosts in C and Python.

mod database;
mod documents;
mod hosts;
mod killed;
mod program;
mod schema;
mod twice;

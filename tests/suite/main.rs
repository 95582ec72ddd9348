//! The program from outside: whole sheets, the command line, the rules of the house.

mod accuracies;
mod command;
mod controls;
mod golden;
mod invariance;
mod labels;
mod robust;
mod rooms;
mod scores;
mod support;
mod worlds;

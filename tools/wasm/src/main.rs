//! The numbers of this machine: trials and seed are arguments.

fn main() {
    let number = |k| std::env::args().nth(k).unwrap().parse::<u32>().unwrap();
    for scenario in 0..in_wasm::scenarios() {
        println!("{} {:016x}", scenario, in_wasm::hash(scenario, number(1), number(2)));
    }
}

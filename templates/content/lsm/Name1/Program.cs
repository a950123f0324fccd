using Name1;

// Needs a kernel with the BPF security module: lsm=…,bpf on its command line.
using var rule = RuleObject.Load();
foreach (string user in args) rule.Allowed[uint.Parse(user)] = 1;
rule.Attach();
Console.WriteLine($"Only users {string.Join(", ", args)} may look into processes; Ctrl-C to stop");
await foreach (Refusal refusal in rule.Refusals.ReadAllAsync())
    Console.WriteLine($"refused: {refusal.Command} (process {refusal.ProcessId}, user {refusal.UserId})");

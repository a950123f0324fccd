// SPDX-License-Identifier: MIT
// Refuses files to everybody, and tells who asked. Needs a kernel with the BPF security module (lsm=…,bpf).
//
//   sudo dotnet run --project samples/csharp/DenyFile -- /etc/shadow
using System.Diagnostics;
using Samples;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: DenyFile FILE…");
    return 2;
}

using var guard = DenyFileObject.Load();
Dictionary<FileId, string> names = args.ToDictionary(IdOf);
foreach (FileId id in names.Keys) guard.Denied[id] = 0;
guard.Attach();
Console.WriteLine($"Refusing {string.Join(", ", args)}; Ctrl-C to stop");
await foreach (Refusal refusal in guard.Events.ReadAllAsync())
    Console.WriteLine($"refused {names.GetValueOrDefault(refusal.File, "a file")} to {refusal.Command} (process {refusal.ProcessId}, user {refusal.UserId})");
return 0;

// .NET does not tell inodes; stat does.
static FileId IdOf(string file)
{
    using var stat = Process.Start(new ProcessStartInfo("stat", ["--dereference", "--format=%i %Hd %Ld", file]) { RedirectStandardOutput = true })!;
    ulong[] numbers = [.. stat.StandardOutput.ReadToEnd().Split(' ').Select(ulong.Parse)];
    return new() { Inode = numbers[0], Device = (numbers[1] << 20) + numbers[2] };
}

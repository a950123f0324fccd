// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Hooks;

namespace Ruche.Bpf.Tests.Hooks;

/// <summary>Which hooks a kernel has, as text: the flavour of the kernel, then a line for each hook.</summary>
internal sealed record HookRecord(string Name, string Text)
{
    public static HookRecord Of(IEnumerable<HookTrial> trials)
    {
        var version = KernelVersion.Current;
        return new($"linux-{version.Major}.{version.Minor}.tsv", string.Join('\n',
            [$"# {Flavour()}", .. trials.Select(t => $"{t.Hook.Name}\t{t.State}\t{t.Mechanism}\t{t.Reason}"), ""]));
    }

    /// <summary>What is on record for a kernel of the same version and flavour: others are configured differently.</summary>
    public static HookRecord? Approved(HookRecord found)
    {
        string path = Path.Combine(Compiled.Root, "tests/Ruche.Bpf.Tests/testdata/hooks", found.Name);
        if (Environment.GetEnvironmentVariable("RUCHE_APPROVE") == "1") File.WriteAllText(path, found.Text);
        if (!File.Exists(path)) return null;
        string text = File.ReadAllText(path);
        return text.StartsWith($"# {Flavour()}\n", StringComparison.Ordinal) ? new(found.Name, text) : null;
    }

    public void Save()
    {
        string folder = Path.Combine(Compiled.Root, "artifacts/hooks");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Name), Text);
    }

    /// <summary>The end of the kernel's release, such as <c>cloud-amd64</c>.</summary>
    private static string Flavour() => string.Join('-', File.ReadAllText("/proc/sys/kernel/osrelease").Trim().Split('-').TakeLast(2));
}

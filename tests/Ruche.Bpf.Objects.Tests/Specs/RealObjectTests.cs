// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Specs;

public sealed class RealObjectTests
{
    // Declarations without definitions, which Go's loader fills in: they open, and say so when they are linked.
    private static readonly string[] Declared = ["'fwd'", "'MY_CONST'"];

    [Fact]
    public void Every_object_of_debian_packages_opens_and_links()
    {
        List<string> wrong = [];

        foreach (var (name, image) in RealObjects.All)
        {
            if (!ObjectSpec.TryRead(image, name, out var spec, out var diagnostics))
            {
                wrong.Add(string.Join("; ", diagnostics.Items));
                continue;
            }

            foreach (var program in spec.Programs)
            {
                if (ProgramLinker.TryLink(program, spec, out _, out var problems)) continue;
                if (!Declared.Any(d => problems.Items[0].Message.Contains(d, StringComparison.Ordinal))) wrong.Add(problems.Items[0].ToString());
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_relocation_of_debian_packages_is_answered_or_explained()
    {
        const string Path = "/sys/kernel/btf/vmlinux";
        if (!File.Exists(Path)) Assert.Skip($"needs {Path}");
        var kernel = BtfSpec.Read(File.ReadAllBytes(Path));
        int answered = 0;
        List<string> unexplained = [];

        foreach (var (name, image) in RealObjects.All)
        {
            if (!ObjectSpec.TryRead(image, name, out var spec, out _) || spec is not { Btf: { } types, ByteOrder: ByteOrder.Little }) continue;
            CoreRelocator relocator = new(types, kernel);
            foreach (var program in spec.Programs)
            {
                if (!ProgramLinker.TryLink(program, spec, out var linked, out _)) continue;
                var relocated = relocator.Relocate(linked);
                answered += linked.CoreRelocations.Length - relocated.Failures.Length;
                unexplained.AddRange(relocated.Failures
                    .Where(f => f.Reason.Length < 20 || f.Id is "RU3505" or "RU3506").Select(f => $"{name}/{program.Name}: {f}"));
            }
        }

        Assert.True(unexplained.Count == 0, string.Join("\n", unexplained));
        Assert.True(answered > 500, $"only {answered} relocations were answered");
    }
}

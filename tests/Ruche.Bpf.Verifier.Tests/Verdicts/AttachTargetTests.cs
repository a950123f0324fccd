// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Tests.Verdicts;

/// <summary>What tracing and security programs are attached to must be in the kernel's types.</summary>
public sealed class AttachTargetTests : KernelTest
{
    private static readonly Lazy<BtfSpec> Kernel = new(() => BtfSpec.Read(File.ReadAllBytes("/sys/kernel/btf/vmlinux")));

    [Theory]
    [InlineData("fentry/vfs_read", "")]
    [InlineData("fentry/vfs_raed", "function 'vfs_raed'")]
    [InlineData("tp_btf/sched_switch", "")]
    [InlineData("tp_btf/sched_swich", "tracepoint 'sched_swich'")]
    [InlineData("iter/task", "")]
    [InlineData("iter/nothing", "iterator 'nothing'")]
    [InlineData("lsm/file_open", "")]
    [InlineData("lsm/file_opened", "security hook 'file_opened'")]
    [InlineData("lsm/getselfattr", "no program may be attached to the hook 'getselfattr'")]
    [InlineData("lsm.s/task_free", "programs at the hook 'task_free' may not sleep")]
    public void A_target_must_be_there(string section, string complaint)
    {
        var spec = ObjectSpec.Read(Clang.Compile($$"""
            __attribute__((section("{{section}}"), used)) int program(void *ctx) { return 0; }
            char LICENSE[] __attribute__((section("license"), used)) = "GPL";
            """));

        var verdict = ProgramVerifier.Verify(new ProgramReader(spec, Kernel.Value).Read(spec.Programs[0]), new() { KernelTypes = Kernel.Value });

        if (complaint.Length == 0) Assert.Null(verdict.Explanation);
        else Assert.Contains(complaint, verdict.Explanation?.Detail, StringComparison.Ordinal);
    }
}

// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tokens;

namespace Ruche.Bpf.Tests.Tokens;

public sealed class TokenTests : KernelTest
{
    [Fact]
    public void The_first_user_namespace_needs_no_token()
    {
        Since(6, 9, "tokens");

        var refusal = Assert.Throws<BpfException>(() => BpfToken.Create(KernelFileSystems.Bpf()));

        Assert.Equal(Errno.EOPNOTSUPP, refusal.Errno);
        Assert.Contains("in the first, and needs none", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_file_system_passes_nothing_on()
    {
        var refusal = Assert.Throws<BpfException>(() => BpfToken.Create("/proc"));

        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("no BPF file system is mounted right there, or this kernel has no tokens", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        var refusal = Assert.Throws<BpfException>(() => BpfToken.Create("/no/such/bpf"));

        Assert.Contains("'/no/such/bpf' does not exist", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_is_loaded_in_a_user_namespace()
    {
        byte[] starter = Compiled.Get($"gcc {TokenUser.Starter}", () => TokenUser.Compile());
        TestObject.Read(TokenUser.Source);
        Since(6, 9, "tokens");
        string path = Path.Combine(Path.GetTempPath(), $"ruche-token-{Environment.ProcessId}");
        File.WriteAllBytes(path, starter);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);

        ProcessStartInfo start = new(path) { ArgumentList = { Environment.ProcessPath!, TokenUser.Verb }, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        File.Delete(path);

        Assert.SkipWhen(process.ExitCode == TokenUser.CannotPrepare, $"this machine cannot make a user namespace with a BPF file system: {output}");
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("without: EPERM", output, StringComparison.Ordinal);
        Assert.Contains("with: 2", output, StringComparison.Ordinal);
    }
}

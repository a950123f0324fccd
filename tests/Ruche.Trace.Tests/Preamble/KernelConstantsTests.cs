// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using Ruche.Trace.Preamble;

namespace Ruche.Trace.Tests.Preamble;

/// <summary>The numbers that stand for headers, held against the headers.</summary>
public sealed class KernelConstantsTests
{
    [Fact]
    public void They_are_those_of_the_headers()
    {
        // Scheduling states are in no header that programs get.
        string[] names = [.. KernelConstants.Names.Where(n => !n.StartsWith("TASK_", StringComparison.Ordinal))];
        StringBuilder program = new("#define _GNU_SOURCE\n#include <errno.h>\n#include <fcntl.h>\n#include <sched.h>\n#include <signal.h>\n#include <sys/mman.h>\n#include <sys/ptrace.h>\n#include <sys/socket.h>\n#include <sys/stat.h>\n");
        foreach (string name in names)
        {
            // The C library says 0 where the kernel has a bit that it sets itself.
            if (name == "O_LARGEFILE") continue;
            program.Append($"_Static_assert({name} == {KernelConstants.Find(name)}LL, \"{name}\");\n");
        }

        ProcessStartInfo info = new("gcc", ["-x", "c", "-fsyntax-only", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var compiler = Process.Start(info)!;
        compiler.StandardInput.Write(program);
        compiler.StandardInput.Close();
        string said = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();

        Assert.True(compiler.ExitCode == 0, said);
        Assert.True(names.Length > 200, $"only {names.Length} names");
    }

    [Theory]
    [InlineData("TASK_RUNNING", 0)]
    [InlineData("TASK_UNINTERRUPTIBLE", 2)]
    [InlineData("BEES", null)]
    public void Others_are_known_too(string name, int? value) => Assert.Equal(value, KernelConstants.Find(name));
}

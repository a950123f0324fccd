// SPDX-License-Identifier: MIT
using System.IO.Compression;
using Ruche.Architecture.Tests;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Build.Tests.Packages;

/// <summary>What users do with the packages, outside the repository: one file, a solution of two projects and a library, mistakes, changes.</summary>
public sealed class PackageTests
{
    private const string Counter = """
        [BpfObject]
        public static class SyscallCounter
        {
            [BpfMap(MaxEntries = 10240)] static readonly BpfHashMap<uint, ulong> Count = default;

            [Tracepoint("raw_syscalls", "sys_enter")]
            static int OnEnter(in SysEnterContext context)
            {
                uint pid = (uint)(Bpf.GetCurrentPidTgid() >> 32);
                ref ulong count = ref Count.LookupOrAdd(pid, 0);
                if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
                return 0;
            }
        }
        """;

    private const string KernelProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Ruche.Bpf.Build" Version="0.1.0" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public void Every_package_has_a_page_and_symbols()
    {
        using PackagedProject project = new();
        string[] packages = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "artifacts/packages"), "*.nupkg").Order(StringComparer.Ordinal)];

        string[] names = [.. packages.Select(p => Path.GetFileName(p).Replace(".0.1.0.nupkg", "", StringComparison.Ordinal))];
        Assert.Equal(["Ruche.Bpf", "Ruche.Bpf.Abstractions", "Ruche.Bpf.Build", "Ruche.Bpf.Compiler", "Ruche.Bpf.Kernel", "Ruche.Bpf.Machine", "Ruche.Bpf.Objects", "Ruche.Bpf.Verifier"], names.Where(n => n != "Ruche.Templates").Order(StringComparer.Ordinal));
        Assert.All(packages, package =>
        {
            using var archive = ZipFile.OpenRead(package);
            Assert.NotNull(archive.GetEntry("README.md"));
            Assert.True(File.Exists(Path.ChangeExtension(package, ".snupkg")) || package.Contains("Templates", StringComparison.Ordinal), package);
        });
    }

    [Fact]
    public void One_file_is_both_sides_of_a_program()
    {
        using PackagedProject project = new();
        project.Write("probe.cs", $$"""
            #:package Ruche.Bpf.Build@0.1.0
            #:property PublishAot=false

            using var counter = SyscallCounterObject.Load();
            counter.Attach();
            for (int i = 0; i < 1000; i++) Directory.Exists("/");
            foreach (var (pid, count) in counter.Count)
            {
                if (pid == Environment.ProcessId) Console.WriteLine($"me: {count >= 1000}");
            }

            {{Counter}}
            """);

        Assert.Equal("me: True", project.Dotnet("run", "probe.cs").Trim());
        project.Replace("probe.cs", "me: ", "I: ");
        Assert.Equal("I: True", project.Dotnet("run", "probe.cs").Trim());
    }

    [Fact]
    public void The_file_that_the_readme_shows_runs()
    {
        using PackagedProject project = new();
        File.Copy(Path.Combine(Repository.Root, "samples/csharp/syscalls.cs"), project.PathOf("syscalls.cs"));

        string[] lines = project.Dotnet("run", "syscalls.cs").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(@"^PID \d+: \d+ syscalls$", line));
    }

    [Fact]
    public void Editors_build_without_the_compiler_and_without_objects()
    {
        using PackagedProject project = new();
        project.Write("Probes.csproj", KernelProject);
        project.Write("SyscallCounter.cs", Counter);
        project.Dotnet("restore");

        project.Dotnet("msbuild", "-target:Compile", "-property:DesignTimeBuild=true;SkipCompilerExecution=true;ProvideCommandLineArgs=true");

        Assert.False(File.Exists(project.PathOf("obj/Debug/net10.0/bpf/stamp")));
    }

    [Fact]
    public void A_record_that_is_reserved_and_neither_submitted_nor_discarded_is_an_error_at_its_line()
    {
        using PackagedProject project = new();
        project.Write("Probes.csproj", KernelProject);
        project.Write("Leak.cs", """
            [BpfObject]
            public static class Leak
            {
                [BpfMap(MaxEntries = 4096)] static readonly BpfRingBuffer<ulong> Events = default;

                [Tracepoint("raw_syscalls", "sys_enter")]
                static int OnEnter(in SysEnterContext context)
                {
                    var room = Events.Reserve();
                    if (room.IsNull) return 0;
                    room.Record = 1;
                    return 0;
                }
            }
            """);

        string output = project.Dotnet(1, "build");

        Assert.Contains("Leak.cs(12,1): error RU4018:", output, StringComparison.Ordinal);
        Assert.Contains("acquired at line 9", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solution_has_a_kernel_side_a_user_side_and_a_library_of_kernel_code()
    {
        using PackagedProject project = new();
        project.Write("Library/Library.csproj", KernelProject.Replace("Ruche.Bpf.Build", "Ruche.Bpf.Kernel", StringComparison.Ordinal));
        project.Write("Library/Tasks.cs", """
            namespace Library;

            using Ruche.Bpf.Kernel;

            public static class Tasks
            {
                public static uint Process => (uint)(Bpf.GetCurrentPidTgid() >> 32) + 0;
            }
            """);
        project.Write("Probes/Probes.csproj", KernelProject.Replace("</ItemGroup>", "<ProjectReference Include=\"../Library/Library.csproj\" /></ItemGroup>", StringComparison.Ordinal));
        project.Write("Probes/SyscallCounter.cs", $"namespace Probes;\n{Counter.Replace("(uint)(Bpf.GetCurrentPidTgid() >> 32)", "Library.Tasks.Process", StringComparison.Ordinal)}");
        project.Write("User/User.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Probes/Probes.csproj" />
              </ItemGroup>
            </Project>
            """);
        project.Write("User/Program.cs", """
            using Probes;

            using var counter = SyscallCounterObject.Load();
            using var link = counter.OnEnter.Attach();
            for (int i = 0; i < 1000; i++) Directory.Exists("/");
            Console.WriteLine(counter.Count[(uint)Environment.ProcessId] >= 1000);
            """);

        project.Dotnet("build", "User");

        Assert.Equal("True", project.Dotnet("run", "--no-build", "--project", "User").Trim());
        string file = project.PathOf("Probes/bin/Debug/net10.0/syscall_counter.bpf.o");
        Assert.Equal("on_enter", Assert.Single(ObjectSpec.ReadFile(file).Programs).Name);
        LoadsWithBpftool(file);

        // Only the body of the library changes: what others are compiled against does not.
        project.Replace("Library/Tasks.cs", "+ 0", "+ 1");
        project.Dotnet("build", "User");
        Assert.NotEqual(0, project.Dotnet(134, "run", "--no-build", "--project", "User").Length);
    }

    [Fact]
    public void A_build_without_changes_does_nothing()
    {
        using PackagedProject project = new();
        project.Write("Probes.csproj", KernelProject);
        project.Write("SyscallCounter.cs", Counter);
        project.Dotnet("build");
        string[] files = ["bin/Debug/net10.0/syscall_counter.bpf.o", "bin/Debug/net10.0/Probes.dll", "obj/Debug/net10.0/Probes.dll"];
        DateTime[] before = [.. files.Select(f => File.GetLastWriteTimeUtc(project.PathOf(f)))];

        string output = project.Dotnet("build", "--no-restore", "-verbosity:normal");

        Assert.Contains("Skipping target \"CompileBpfObjects\"", output, StringComparison.Ordinal);
        Assert.Equal(before, files.Select(f => File.GetLastWriteTimeUtc(project.PathOf(f))));
        project.Dotnet("clean");
        Assert.False(File.Exists(project.PathOf(files[0])));
    }

    [Fact]
    public void A_class_that_is_gone_takes_its_object_along()
    {
        using PackagedProject project = new();
        project.Write("Probes.csproj", KernelProject);
        project.Write("SyscallCounter.cs", Counter);
        project.Write("Other.cs", Counter.Replace("SyscallCounter", "Other", StringComparison.Ordinal));
        project.Dotnet("build");
        Assert.True(File.Exists(project.PathOf("bin/Debug/net10.0/other.bpf.o")));

        File.Delete(project.PathOf("Other.cs"));
        project.Dotnet("build", "--no-restore");

        Assert.Equal(["syscall_counter.bpf.o"], Directory.EnumerateFiles(project.PathOf("bin/Debug/net10.0"), "*.bpf.o").Select(Path.GetFileName));
    }

    [Fact]
    public void Mistakes_are_errors_at_their_lines()
    {
        using PackagedProject project = new();
        project.Write("Probes.csproj", KernelProject);
        project.Write("SyscallCounter.cs", Counter);

        project.Replace("SyscallCounter.cs", "return 0;", "return new int[2].Length;");
        Assert.Contains("SyscallCounter.cs(12,16): error RU1001:", project.Dotnet(1, "build"), StringComparison.Ordinal);
        project.Replace("SyscallCounter.cs", "return new int[2].Length;", "return 0;");

        project.Replace("SyscallCounter.cs", "if (!Bpf.IsNull(ref count)) ", "");
        string refused = project.Dotnet(1, "build", "--no-restore");
        Assert.Contains("SyscallCounter.cs(11,1): error RU4006: Linux 5.10 will refuse program 'on_enter'", refused, StringComparison.Ordinal);
        Assert.Contains("what helps: ", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", project.Dotnet("build", "--no-restore", "-property:BpfVerify=false"), StringComparison.Ordinal);
        project.Dotnet(1, "build", "--no-restore");

        Assert.Contains("error RU1101: '5.11' is no kernel that programs can be built for; set BpfKernelFloor to one of 5.10, 5.15, 6.1,", project.Dotnet(1, "build", "--no-restore", "-property:BpfKernelFloor=5.11"), StringComparison.Ordinal);
        Assert.Contains("error RU1102: 'bees' has no types of a kernel", project.Dotnet(1, "build", "--no-restore", "-property:BpfKernelTypes=bees"), StringComparison.Ordinal);
        project.Replace("SyscallCounter.cs", "Interlocked", "if (!Bpf.IsNull(ref count)) Interlocked");
        project.Dotnet("build", "--no-restore");
    }

    [Fact]
    public void Where_no_kernel_runs_programs_that_use_its_types_are_built_and_said_to_be_unverified()
    {
        using PackagedProject project = new();
        project.Write("Probes.csproj", KernelProject);
        foreach (string file in (string[])["ExecSnoop.cs", "Vmlinux.cs"]) File.Copy(Path.Combine(Repository.Root, "samples/csharp/ExecSnoop", file), project.PathOf(file));

        Assert.Contains("RU1103: program 'on_exec' uses the kernel's types", project.Dotnet("build", "-property:BpfKernelTypes="), StringComparison.Ordinal);
        Assert.DoesNotContain("RU1103", project.Dotnet("build", "--no-restore"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_later_kernel_has_asks_for_a_later_floor()
    {
        using PackagedProject project = new();
        project.Write("Probes.csproj", KernelProject);
        project.Write("Time.cs", """
            [BpfObject]
            public static class Time
            {
                [Tracepoint("raw_syscalls", "sys_enter")]
                static int OnEnter(in SysEnterContext context) => (int)Bpf.KtimeGetTaiNs();
            }
            """);

        Assert.Contains("Time.cs(5,", project.Dotnet(1, "build"), StringComparison.Ordinal);
        project.Dotnet("build", "--no-restore", "-property:BpfKernelFloor=6.1");
    }

    private static void LoadsWithBpftool(string file)
    {
        string pins = $"/sys/fs/bpf/ruche-build-{Environment.ProcessId}";
        string folder = Path.GetDirectoryName(file)!;
        try
        {
            var (status, output) = PackagedProject.Run("bpftool", ["prog", "loadall", file, pins], folder);
            Assert.True(status == 0, output);
            Assert.True(File.Exists(Path.Combine(pins, "on_enter")));
        }
        finally
        {
            if (Directory.Exists(pins)) Directory.Delete(pins, recursive: true);
        }
    }
}

// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Symbols.Tests.Processes;

public sealed class ProcessSymbolsTests
{
    [Theory]
    [InlineData("qsort")]
    [InlineData("getenv")]
    [InlineData("strtoul")]
    public void Finds_functions_of_the_c_library_in_this_process(string function)
    {
        ulong address = (ulong)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), function);
        using SymbolizerCache cache = new();

        var frame = cache.Process(Environment.ProcessId)!.Find(address + 1);

        // Several names stand for one place, with underscores or without.
        Assert.Contains(function.TrimStart('_'), frame.Name, StringComparison.Ordinal);
        Assert.Equal(1UL, frame.Offset);
        Assert.Equal(FrameKind.User, frame.Kind);
        Assert.EndsWith("/libc.so.6", frame.Module, StringComparison.Ordinal);
        Assert.Equal($"{frame.Name}+1", frame.ToString());
    }

    [Fact]
    public void Finds_functions_that_the_kernel_has_mapped()
    {
        using SymbolizerCache cache = new();
        var process = cache.Process(Environment.ProcessId)!;
        var vdso = process.Mappings.SingleOrDefault(mapping => mapping.Path == "[vdso]");
        if (vdso is null)
        {
            Assert.Skip("there is no vdso");
            return;
        }

        HashSet<string?> names = [];
        for (ulong address = vdso.Start; address < vdso.End; address += 16) names.Add(process.Find(address).Name);

        Assert.Contains(names, name => name is not null && name.Contains("clock_gettime", StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_of_nothing_is_itself()
    {
        using SymbolizerCache cache = new();

        var frames = cache.UserStack(Environment.ProcessId, [0x10, ulong.MaxValue]);

        Assert.Equal(["0x10", "0xffffffffffffffff"], frames.Select(frame => frame.ToString()));
    }

    [Fact]
    public void There_is_no_process_of_an_unused_number()
    {
        using SymbolizerCache cache = new();

        Assert.Null(cache.Process(int.MaxValue));
        Assert.False(cache.Capture(int.MaxValue));
        Assert.Equal("0x1234", cache.UserStack(int.MaxValue, [0x1234])[0].ToString());
    }

    [Theory]
    [InlineData("-pie", "-fPIE")]
    [InlineData("-no-pie", "-fno-pie")]
    [InlineData("-static", "-O2")]
    public void Finds_functions_wherever_the_program_lies(params string[] options)
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"], options);
        using var running = RunningProgram.Start(directory["program"]);
        using SymbolizerCache cache = new();

        AssertFound(cache, running, "visible_function", "hidden_function");
    }

    [Fact]
    public void A_stripped_program_has_only_the_functions_it_exports()
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"], "-rdynamic");
        Tool.Run("strip", [directory["program"]]);
        using var running = RunningProgram.Start(directory["program"]);
        using SymbolizerCache cache = new();

        AssertFound(cache, running, "visible_function");
        var hidden = cache.Process(running.Id)!.Find(running.Addresses["hidden_function"]);
        Assert.Null(hidden.Name);
        Assert.Equal(directory["program"], hidden.Module);
    }

    [Fact]
    public void Functions_of_a_stripped_program_come_from_the_debug_file_of_its_build_id()
    {
        using WorkDirectory directory = new();
        string program = directory["program"];
        TracedProgram.Compile(program, "-Wl,--build-id=0x0123456789abcdef");
        Directory.CreateDirectory(directory["debug/.build-id/01"]);
        Tool.Run("objcopy", ["--only-keep-debug", program, directory["debug/.build-id/01/23456789abcdef.debug"]]);
        Tool.Run("strip", [program]);
        using var running = RunningProgram.Start(program);
        using SymbolizerCache cache = new(new() { DebugDirectories = [directory["debug"]] });

        AssertFound(cache, running, "visible_function", "hidden_function");
        Assert.Equal("0123456789abcdef", cache.Process(running.Id)!.BuildIdAt(running.Addresses["hidden_function"]));
    }

    [Theory]
    [InlineData("--build-id=none", false, true)]
    [InlineData("--build-id=sha1", false, true)]
    [InlineData("--build-id=none", true, false)]
    public void Functions_come_from_a_debug_file_beside_the_program_if_it_belongs_to_it(string buildId, bool isDamaged, bool isFound)
    {
        using WorkDirectory directory = new();
        string program = directory["program"];
        TracedProgram.Compile(program, $"-Wl,{buildId}");
        Directory.CreateDirectory(directory[".debug"]);
        string debug = directory[".debug/program.debug"];
        Tool.Run("objcopy", ["--only-keep-debug", program, debug]);
        Tool.Run("strip", [program]);
        Tool.Run("objcopy", [$"--add-gnu-debuglink={debug}", program]);
        if (isDamaged) File.AppendAllText(debug, "more");
        using var running = RunningProgram.Start(program);
        using SymbolizerCache cache = new();

        if (isFound) AssertFound(cache, running, "visible_function", "hidden_function");
        else Assert.Null(cache.Process(running.Id)!.Find(running.Addresses["hidden_function"]).Name);
    }

    [Fact]
    public void Functions_come_from_compressed_symbols_in_the_program()
    {
        Tool.Require("xz");
        using WorkDirectory directory = new();
        string program = directory["program"];
        TracedProgram.Compile(program, "-rdynamic", "-g");
        Tool.Run("objcopy", ["--only-keep-debug", program, directory["debug"]]);
        Tool.Run("objcopy", ["-S", "--remove-section", ".comment", "--keep-symbol", "hidden_function", directory["debug"], directory["mini"]]);
        File.WriteAllBytes(directory["mini.xz"], Tool.Run("xz", ["-c", directory["mini"]]));
        Tool.Run("strip", [program]);
        Tool.Run("objcopy", ["--add-section", $".gnu_debugdata={directory["mini.xz"]}", program]);
        using var running = RunningProgram.Start(program);
        using SymbolizerCache cache = new();

        AssertFound(cache, running, "visible_function", "hidden_function");
    }

    [Fact]
    public void A_program_that_was_deleted_is_still_read()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "following map_files needs root");
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        using var running = RunningProgram.Start(directory["program"]);
        File.Delete(directory["program"]);
        File.WriteAllText(directory["program"], "something else");
        using SymbolizerCache cache = new();

        AssertFound(cache, running, "visible_function", "hidden_function");
    }

    [Fact]
    public void A_process_that_was_captured_is_known_after_its_end()
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        using var running = RunningProgram.Start(directory["program"], "perf");
        using SymbolizerCache cache = new();

        Assert.True(cache.Capture(running.Id));
        running.Stop();
        File.Delete(directory["program"]);
        File.Delete($"/tmp/perf-{running.Id}.map");

        AssertFound(cache, running, "visible_function", "hidden_function");
        Assert.Equal("int Made::at(run time)+2", cache.UserStack(running.Id, [running.Addresses["made"] + 2])[0].ToString());
        Assert.False(cache.Capture(running.Id));
    }

    [Fact]
    public void A_process_that_was_only_looked_at_is_known_by_its_mappings_after_its_end()
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        using var running = RunningProgram.Start(directory["program"]);
        using SymbolizerCache cache = new();
        cache.Process(running.Id)!.Find(running.Addresses["visible_function"]);

        running.Stop();

        AssertFound(cache, running, "hidden_function");
    }

    [Fact]
    public void Functions_are_found_in_another_mount_namespace()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a mount namespace needs root");
        Tool.Require("unshare", "mount", "cp");
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        Directory.CreateDirectory(directory["inside"]);
        string script = $"mount -t tmpfs tmpfs {directory["inside"]} && cp {directory["program"]} {directory["inside/other"]} && exec {directory["inside/other"]}";
        using var running = RunningProgram.Start("unshare", "--mount", "sh", "-c", script);
        using SymbolizerCache cache = new();

        AssertFound(cache, running, "visible_function", "hidden_function");
        Assert.False(File.Exists(directory["inside/other"]));
    }

    private static void AssertFound(SymbolizerCache cache, RunningProgram running, params string[] functions)
    {
        foreach (string function in functions)
        {
            ulong address = running.Addresses[function];
            var frames = cache.UserStack(running.Id, [address, address + 3]);
            Assert.Equal([function, $"{function}+3"], frames.Select(frame => frame.ToString()));
        }
    }
}

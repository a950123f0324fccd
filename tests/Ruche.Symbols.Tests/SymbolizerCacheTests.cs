// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Symbols.Tests;

public sealed class SymbolizerCacheTests
{
    [Fact]
    public void Processes_share_what_is_read_of_their_files()
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        using var first = RunningProgram.Start(directory["program"]);
        using var second = RunningProgram.Start(directory["program"]);
        using SymbolizerCache cache = new();
        Find(cache, first, "hidden_function", "getpid");
        (long bytes, int files) = (cache.TableBytes, cache.FileCount);

        Find(cache, second, "hidden_function", "getpid");

        Assert.Equal((bytes, files), (cache.TableBytes, cache.FileCount));
        Assert.Equal(2, files);
        Assert.True(bytes > 0);
    }

    [Fact]
    public void Functions_of_files_are_dropped_when_they_take_too_much_and_read_again()
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        using var running = RunningProgram.Start(directory["program"]);
        using SymbolizerCache roomy = new();
        Find(roomy, running, "hidden_function", "getpid");
        using SymbolizerCache cache = new(new() { MaxTableBytes = 1 });

        Find(cache, running, "hidden_function");
        long one = cache.TableBytes;
        Find(cache, running, "getpid");
        long other = cache.TableBytes;
        Find(cache, running, "hidden_function");

        Assert.Equal(one, cache.TableBytes);
        Assert.Equal(roomy.TableBytes, one + other);
    }

    [Fact]
    public void No_more_files_are_open_than_allowed()
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        using var running = RunningProgram.Start(directory["program"]);
        using SymbolizerCache cache = new(new() { MaxFiles = 1 });

        for (int i = 0; i < 3; i++)
        {
            Find(cache, running, "hidden_function", "getpid");
            Assert.Equal(1, cache.FileCount);
        }
    }

    [Fact]
    public void The_process_used_least_recently_is_forgotten_first()
    {
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        using SymbolizerCache cache = new(new() { MaxProcesses = 2 });
        RunningProgram[] programs = [.. Enumerable.Range(0, 3).Select(_ => RunningProgram.Start(directory["program"]))];
        foreach (var program in programs) Assert.True(cache.Capture(program.Id));
        foreach (var program in programs) program.Stop();

        Assert.Null(cache.Process(programs[0].Id));
        Find(cache, programs[1], "visible_function");
        Find(cache, programs[2], "visible_function");
        foreach (var program in programs) program.Dispose();
    }

    [Fact]
    public void A_library_that_is_loaded_later_is_found()
    {
        Tool.Require("gcc");
        using WorkDirectory directory = new();
        File.WriteAllText(directory["later.c"], "int loaded_later(int a) { return a + 1; }");
        Tool.Run("gcc", ["-shared", "-fPIC", "-o", directory["later.so"], directory["later.c"]]);
        using SymbolizerCache cache = new();
        var process = cache.Process(Environment.ProcessId)!;
        process.Find(0x10);

        nint library = NativeLibrary.Load(directory["later.so"]);
        ulong address = (ulong)NativeLibrary.GetExport(library, "loaded_later");

        // Mappings that were just read are not read again at once.
        Assert.True(SpinWait.SpinUntil(() => process.Find(address).Name == "loaded_later", TimeSpan.FromSeconds(10)));
        NativeLibrary.Free(library);
    }

    private static void Find(SymbolizerCache cache, RunningProgram running, params string[] functions)
    {
        foreach (string function in functions)
            Assert.Contains(function, cache.UserStack(running.Id, [running.Addresses[function]])[0].Name, StringComparison.Ordinal);
    }
}

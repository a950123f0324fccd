// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Unwinding;

namespace Ruche.Trace.Tests.Running;

/// <summary>Stacks of a program without frame pointers.</summary>
[Trait("Category", "Kernel")]
[Collection(CaseRunner.OneAtATime)]
public sealed class UnwindingTests : IDisposable
{
    private const string Chain = @"leaf\+\d+ fourth\+\d+ compare\+\d+ (\S+ )+third\+\d+ second\+\d+ first\+\d+ main\+\d+ (\S+ )*_start\+\d+";

    private readonly string _directory = Directory.CreateTempSubdirectory("ruche-unwound").FullName;
    private readonly Process _program;

    public UnwindingTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess || Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") == "1", "bpf(2) needs root");
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.X64, "only frames of x64 are known");
        _program = Process.Start(new ProcessStartInfo(Build()) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("ready", _program.StandardOutput.ReadLine());
    }

    [Fact]
    public void A_uprobe_sees_all_callers() =>
        Assert.Matches($"^{Chain}$", Run("uprobe:PROGRAM:leaf { print(dw_ustack); }"));

    [Fact]
    public void A_uretprobe_sees_all_callers() =>
        Assert.Matches(Chain["leaf\\+\\d+ ".Length..], Run("uretprobe:PROGRAM:leaf { print(dw_ustack); }"));

    [Fact]
    public void A_trace_point_of_a_system_call_sees_all_callers() =>
        Assert.Matches($@"^\S*getppid\+\d+ {Chain}$", Run("tracepoint:syscalls:sys_enter_getppid { print(dw_ustack); }"));

    [Fact]
    public void A_profile_sees_all_callers() =>
        Assert.Matches(Chain, Run("profile:hz:999 /pid == " + _program.Id + "/ { print(dw_ustack); }", 300_000_000));

    [Fact]
    public void Stacks_are_keys_of_maps() =>
        Assert.Matches($"^@\\[ {Chain} \\]: 3$", Run("uprobe:PROGRAM:leaf { @[dw_ustack] = count(); }", 1, 1, 1));

    [Fact]
    public void A_depth_limits_the_stack() =>
        Assert.Matches(@"^leaf\+0 fourth\+\d+$", Run("uprobe:PROGRAM:leaf { print(dw_ustack(2)); }"));

    [Fact]
    public void A_mode_shows_the_stack_as_perf_does() =>
        Assert.Matches(@"^[0-9a-f]+ leaf\+0 \(.*/unwound\) [0-9a-f]+ fourth\+\d+ \(.*/unwound\)$", Run("uprobe:PROGRAM:leaf { print(dw_ustack(perf, 2)); }"));

    [Fact]
    public void Frame_pointers_lose_what_this_finds() =>
        Assert.DoesNotMatch(Chain, Run("uprobe:PROGRAM:leaf { print(ustack); }"));

    [Fact]
    public void A_process_is_known_from_its_second_stack_on() =>
        Assert.Matches(Chain, Run("uprobe:PROGRAM:leaf { print(dw_ustack); }", isKnown: false, lines: [1]));

    [Fact]
    public void Stacks_in_JSON_are_text() =>
        Assert.Matches(@"leaf\+0\\n +fourth\+\d+\\n", Run("uprobe:PROGRAM:leaf { print(dw_ustack); }", isKnown: true, lines: [1], isJson: true));

    [Fact]
    public void The_length_of_a_stack_is_how_many_addresses_it_has()
    {
        string[] printed = Run("uprobe:PROGRAM:leaf { print(dw_ustack); print(len(dw_ustack)); print(len(dw_ustack(2))); }").Split(' ');

        Assert.Equal([$"{printed.Length - 2}", "2"], printed[^2..]);
        Assert.Matches(Chain, string.Join(' ', printed[..^2]));
    }

    [Fact]
    public void A_replay_shows_the_stacks_of_the_recorded_run()
    {
        string path = Path.Combine(_directory, "run.recording"), recorded;
        using (var recorder = TraceRecorder.Create(path))
            recorded = Run("uprobe:PROGRAM:leaf { print(dw_ustack); print((len(dw_ustack), len(dw_ustack(3)))); @[dw_ustack(4)] = count(); }", new TraceOptions { Recorder = recorder, Pid = _program.Id }, [1, 1]).Output;

        string replayed = Replay(path);

        Assert.Matches($@"^{Chain} \(\d+, 3\) {Chain} ", recorded);
        Assert.Equal(recorded, replayed);
    }

    [Fact]
    public void Rows_of_one_file_may_lie_in_many_parts() =>
        Assert.Matches($"^{Chain}$", Run("uprobe:PROGRAM:leaf { print(dw_ustack); }", new UnwindRoom { RowsOfPart = 1 << 10, Parts = 128 }).Output);

    [Fact]
    public void Rows_that_find_no_room_are_told_of()
    {
        var (output, said) = Run("uprobe:PROGRAM:leaf { print(dw_ustack); }", new UnwindRoom { RowsOfPart = 16, Parts = 2 });

        Assert.Matches(@"^leaf\+0", output);
        Assert.Matches(@"^warning: \d{3,} rows of files found no room among 32: frames there were left by their frame pointers\n$", said);
    }

    [Fact]
    public void Ranges_that_find_no_room_are_told_of()
    {
        var (output, said) = Run("uprobe:PROGRAM:leaf { print(dw_ustack); }", new UnwindRoom { Mappings = 1 });

        Assert.Matches(@"^leaf\+0 fourth\+\d+ compare\+\d+ ", output);
        Assert.Matches(@"^warning: \d ranges of code found no room among 1 of a process: frames there were left by their frame pointers\n$", said);
    }

    [Fact]
    public void A_process_that_finds_no_room_stays_a_stranger()
    {
        var (output, said) = Run("uprobe:PROGRAM:leaf { print(dw_ustack(1)); }", new UnwindRoom { Processes = 1 });

        Assert.Matches(@"^leaf\+0$", output);
        Assert.Equal(
            "warning: 1 frames were left by their frame pointers: nothing was known of their processes yet\n"
            + "warning: 1 processes found no room among 0: their frames were left by their frame pointers\n",
            said);
    }

    public void Dispose()
    {
        _program.StandardInput.Close();
        _program.WaitForExit();
        _program.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private string Run(string script) => Run(script, 1);

    private string Run(string script, params int[] lines) => Run(script, isKnown: true, lines);

    /// <summary>What a script prints whose warnings do not matter, or that has none.</summary>
    private string Run(string text, bool isKnown, int[] lines, bool isJson = false)
    {
        var (output, said) = Run(text, new TraceOptions { Pid = isKnown ? _program.Id : null }, lines, isJson);
        Assert.True(!isKnown || said.Length == 0, said);
        return output;
    }

    private (string Output, string Said) Run(string text, UnwindRoom room) => Run(text, new TraceOptions { Pid = _program.Id, Unwinding = room }, [1]);

    /// <summary>What a script prints, with a space for each gap, and its warnings, while the program goes down once for each line.</summary>
    private (string Output, string Said) Run(string text, TraceOptions options, int[] lines, bool isJson = false)
    {
        var compiled = Compile(text.Replace("PROGRAM", $"{_directory}/unwound", StringComparison.Ordinal), options);
        using MemoryStream output = new(), errors = new();
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(60));
        using var run = TraceRun.Load(compiled, new()
        {
            Output = output,
            Errors = errors,
            IsQuiet = true,
            IsJson = isJson,
            Attached = () =>
            {
                foreach (int line in lines) GoDown(line);
                if (options.Pid is not null) stop.Cancel();
            },
            Tick = _ =>
            {
                // By the time of the next stack the first one was told of.
                GoDown(1);
                if (output.Length > 0 && Encoding.UTF8.GetString(output.ToArray()).Contains("_start", StringComparison.Ordinal)) stop.Cancel();
            },
        });
        run.Run(stop.Token);
        return (Text(output), Encoding.UTF8.GetString(errors.ToArray()));
    }

    private static string Replay(string path)
    {
        var recording = TraceRecording.Read(path);
        var compiled = Compile(recording.Script, new() { Recording = recording });
        using MemoryStream output = new(), errors = new();
        using var replay = TraceReplay.Load(compiled, new() { Output = output, Errors = errors });
        replay.Run(CancellationToken.None);
        Assert.Equal("", Encoding.UTF8.GetString(errors.ToArray()));
        return Text(output);
    }

    private static CompiledTrace Compile(string text, TraceOptions options)
    {
        DiagnosticBag diagnostics = new();
        Assert.True(TraceScript.TryParse(text, TestScripts.Name, diagnostics, out var script));
        var compiled = CompiledTrace.Compile(script, options, diagnostics);
        Assert.True(compiled is not null, string.Join('\n', diagnostics.Items));
        return compiled;
    }

    private static string Text(MemoryStream output) => Regex.Replace(Encoding.UTF8.GetString(output.ToArray()), @"\s+", " ").Trim();

    private void GoDown(int line)
    {
        _program.StandardInput.WriteLine(line);
        _program.StandardOutput.ReadLine();
    }

    private string Build() => CCompiler.Build(
        Path.Combine(_directory, "unwound"), File.ReadAllText(Path.Combine(Repository.Root, "tests/Ruche.Trace.Tests/testdata/run/unwound.c")),
        "-O2", "-fomit-frame-pointer", "-fno-optimize-sibling-calls");
}

// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests.Running;

/// <summary>What scripts print on the running kernel while they are recorded, and what they print in the machine when the recording is replayed.</summary>
[Trait("Category", "Kernel")]
[Collection(CaseRunner.OneAtATime)]
public sealed class RecordingTests(TracedProgram program) : IClassFixture<TracedProgram>
{
    private const string Functions = "functions";

    // Which entry of a map gives way to a new one is the kernel's secret.
    private const string Dropping = "maps that drop what is old";

    // Refused there, in words.
    private static readonly string[] Refused = [":ruche-", "&@many"];

    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach (var row in RunCaseTests.Names)
            {
                var (file, name) = row.Data;
                var one = RunCase.Read(file).Single(c => c.Name == name);
                if (name != Dropping && !one.IsLoud && !Refused.Any(r => one.Script.Contains(r, StringComparison.Ordinal))) names.Add(file, name);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_replay_prints_what_the_recorded_run_printed(string file, string name) => new CaseRunner(program).CheckRecorded(RunCase.Read(file).Single(c => c.Name == name));

    // How many probes were attached is told of a run, and not of a replay.
    public static TheoryData<string> FunctionNames => [.. RunCase.Read(Functions).Where(c => !c.IsLoud).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void A_replay_prints_what_a_run_about_functions_of_the_kernel_printed(string name)
    {
        HostNeeds.Check("kprobes");
        A_replay_prints_what_the_recorded_run_printed(Functions, name);
    }
}

// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests.Running;

/// <summary>The tools on the running kernel, and what they print when what they show happens: the cases of testdata/tools. See <see cref="RunCase"/>.</summary>
[Trait("Category", "Kernel")]
[Collection(CaseRunner.OneAtATime)]
public sealed class ToolCaseTests(TracedProgram program) : IClassFixture<TracedProgram>
{
    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach (string tool in RunCase.ToolFiles)
                foreach (RunCase one in RunCase.ReadTool(tool)) names.Add(tool, one.Name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tool_prints_what_the_case_says(string tool, string name) => new CaseRunner(program).Check(RunCase.ReadTool(tool).Single(c => c.Name == name));
}

// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests.Running;

/// <summary>Scripts on the running kernel, and what they print: the cases of testdata/run. See <see cref="RunCase"/>.</summary>
[Trait("Category", "Kernel")]
[Collection(CaseRunner.OneAtATime)]
public sealed class RunCaseTests(TracedProgram program) : IClassFixture<TracedProgram>
{
    private const string Functions = "functions";

    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach (string file in RunCase.Files.Where(f => f is not (Functions or DotnetNamesTests.File)))
                foreach (RunCase one in RunCase.Read(file)) names.Add(file, one.Name);
            return names;
        }
    }

    public static TheoryData<string> FunctionNames => [.. RunCase.Read(Functions).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void A_script_about_functions_of_the_kernel_prints_what_the_case_says(string name)
    {
        HostNeeds.Check("kprobes");
        A_script_prints_what_the_case_says(Functions, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_prints_what_the_case_says(string file, string name) => new CaseRunner(program).Check(RunCase.Read(file).Single(c => c.Name == name));
}

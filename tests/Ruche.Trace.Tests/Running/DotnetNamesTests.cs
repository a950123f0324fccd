// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests.Running;

/// <summary>Names of what a .NET process compiled: this one, which is asked for them. See <see cref="RunCase"/>.</summary>
[Trait("Category", "Kernel")]
[Collection(CaseRunner.OneAtATime)]
public sealed class DotnetNamesTests(TracedProgram program) : IClassFixture<TracedProgram>
{
    /// <summary>The file of its case.</summary>
    internal const string File = "dotnet";

    [Fact]
    public void A_dotnet_process_is_asked_for_its_names() => new CaseRunner(program).Check(RunCase.Read(File).Single());
}

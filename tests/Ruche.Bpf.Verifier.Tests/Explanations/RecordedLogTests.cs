// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Explanations;

namespace Ruche.Bpf.Verifier.Tests.Explanations;

/// <summary>What is said about the recorded logs, as it was read and approved; RUCHE_APPROVE=1 writes it anew.</summary>
public sealed class RecordedLogTests
{
    public static TheoryData<string> Names => [.. RecordedLogs.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recorded_log_is_explained_as_approved(string name)
    {
        var explanation = LogExplainer.Explain(RecordedLogs.Read(name));

        Assert.NotNull(explanation);
        string text = string.Concat(ExplanationText.Lines(explanation).Select(line => $"{line}\n"));
        string file = Path.Combine(RecordedLogs.Folder, name + ".approved.txt");
        if (Environment.GetEnvironmentVariable("RUCHE_APPROVE") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text);
    }

    [Fact]
    public void There_are_logs() => Assert.True(RecordedLogs.Names.Count() > 25);
}

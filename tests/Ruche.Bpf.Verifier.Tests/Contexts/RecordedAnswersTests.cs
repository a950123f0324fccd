// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Contexts;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Contexts;

/// <summary>The rules against what the kernel answered to every access there is.</summary>
public sealed class RecordedAnswersTests
{
    public static TheoryData<ProgramType> Types => [.. Programs().Select(program => program.Type).Distinct()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_access_to_a_context_is_answered_as_the_kernel_answered_it(ProgramType type)
    {
        List<string> differences = [];
        foreach (var (_, hook, answers) in Programs().Where(program => program.Type == type))
        {
            ContextRequest first = new(type, hook, Offset: 0, Size: 0, IsWrite: false, AnswerNotation.Recorded);
            Compare(answers, first, request => ContextRules.Check(request), differences);
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData(ValueKind.Socket)]
    [InlineData(ValueKind.SocketCommon)]
    [InlineData(ValueKind.TcpSocket)]
    public void Every_access_to_a_socket_is_answered_as_the_kernel_answered_it(ValueKind kind)
    {
        List<string> differences = [];
        string[] answers = AnswerNotation.Blocks(RecordedAnswers.Sockets).Single(block => block.Heading == $"{kind}").Answers;

        ContextRequest first = new(ProgramType.Unspec, null, Offset: 0, Size: 0, IsWrite: false, AnswerNotation.Recorded);
        Compare(answers, first, request => SocketRules.Check(kind, request.Offset, request.Size, request.IsWrite, request.Kernel), differences);

        Assert.Empty(differences);
    }

    [Fact]
    public void Every_type_with_a_context_was_recorded()
    {
        var recorded = Programs().Select(program => program.Type).ToHashSet();

        ProgramType[] missing = [.. Enum.GetValues<ProgramType>().Where(type => ContextRules.Covers(type) && !recorded.Contains(type))];

        // The recorded kernel has no remote controls.
        Assert.Equal([ProgramType.LircMode2], missing);
    }

    private static void Compare(string[] answers, ContextRequest first, Func<ContextRequest, ContextAnswer> check, List<string> differences)
    {
        Assert.NotEmpty(answers);
        for (int offset = 0; offset < answers.Length; offset++)
        {
            foreach (ContextRequest request in AnswerNotation.Requests(first with { Offset = offset }))
            {
                ContextAnswer ours = check(request);
                string said = AnswerNotation.Describe(ours, request), heard = AnswerNotation.Expect(answers[offset], request);
                if (said != heard) differences.Add($"{request}: the kernel says {heard}, we say {said} ({ours.Refusal})");
                if (ours.Refusal is { } words && (words.EndsWith('.') || char.IsUpper(words[0]))) differences.Add($"not in our words: {words}");
            }
        }
    }

    private static IEnumerable<(ProgramType Type, AttachType Hook, string[] Answers)> Programs() =>
        from block in AnswerNotation.Blocks(RecordedAnswers.Text)
        from program in block.Heading.Split(' ')
        let parts = program.Split('/')
        from hook in parts[1].Split(',')
        select (Enum.Parse<ProgramType>(parts[0]), (AttachType)int.Parse(hook), block.Answers);
}

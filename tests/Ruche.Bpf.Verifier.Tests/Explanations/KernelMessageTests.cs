// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Tests.Explanations;

/// <summary>The table of the kernel's messages holds together.</summary>
public sealed class KernelMessageTests
{
    [Fact]
    public void Every_message_is_found_and_not_hidden_by_one_before_it() =>
        Assert.All(KernelMessages.All, message =>
        {
            string line = Sample(message);

            var found = KernelMessages.Find(line);

            Assert.True(found is not null, $"'{line}' is not found");
            Assert.True(found.Value.Message == message, $"'{line}' is taken for '{found.Value.Message.Pattern.Text}'");
        });

    [Fact]
    public void Every_message_says_something_and_fills_its_gaps() =>
        Assert.All(KernelMessages.All, message =>
        {
            var found = KernelMessages.Find(Sample(message))!.Value;

            string detail = MessageText.Fill(message.Detail, found.Values);

            Assert.NotEmpty(detail);
            Assert.DoesNotContain("?", detail, StringComparison.Ordinal);
            Assert.DoesNotContain("{", detail, StringComparison.Ordinal);
            Assert.Contains(message.Rule, VerifierRules.All);
        });

    [Fact]
    public void No_message_stands_twice() =>
        Assert.Empty(KernelMessages.All.GroupBy(message => message.Pattern.Text).Where(group => group.Count() > 1).Select(group => group.Key));

    [Theory]
    [InlineData("R3 !read_ok", "RU4001")]
    [InlineData("R1 invalid mem access 'inv'", "RU4013")]
    [InlineData("R0 invalid mem access 'map_value_or_null'", "RU4006")]
    [InlineData("R1 invalid mem access 'trusted_ptr_or_null_task_struct'", "RU4006")]
    [InlineData("invalid access to packet, off=12 size=2, R2(id=0,off=12,r=0)", "RU4008")]
    [InlineData("invalid indirect read from stack R2 off -16+8 size 16", "RU4010")]
    [InlineData("invalid indirect read from stack off -16+8 size 16", "RU4010")]
    [InlineData("At program exit the register R0 has value (0x2; 0x0) should have been in (0x0; 0x1)", "RU4022")]
    [InlineData("At program exit the register R0 has smin=2 smax=2 should have been in [0, 1]", "RU4022")]
    [InlineData("back-edge from insn 7 to 3", "RU4003")]
    [InlineData("BPF_EXIT instruction in main prog would lead to reference leak", "RU4018")]
    [InlineData("bpf_spin_unlock is missing", "RU4020")]
    [InlineData("misaligned stack access off (0x0; 0x0)+-4+0 size 8", "RU4014")]
    [InlineData("Possibly NULL pointer passed to trusted arg0", "RU4006")]
    [InlineData("R2 type=map_value_or_null expected=fp, pkt, map_value", "RU4006")]
    [InlineData("R2 type=inv expected=fp, pkt, map_value", "RU4016")]
    [InlineData("kernel function bpf_task_release args#0 expected pointer to STRUCT task_struct but R1 has a pointer to STRUCT cgroup", "RU4016")]
    [InlineData("dereference of modified ctx ptr R1 off=8 disallowed", "RU4011")]
    [InlineData("R1 unbounded memory access, make sure to bounds check any such access", "RU4007")]
    public void Messages_of_many_kernels_belong_to_rules(string line, string rule) => Assert.Equal(rule, KernelMessages.Find(line)?.Message.Rule.Id);

    [Theory]
    [InlineData("processed 7 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0")]
    [InlineData("Error: failed to load object file")]
    [InlineData("make: *** [Makefile:12: all] Error 1")]
    public void Other_lines_are_no_messages(string line) => Assert.Null(KernelMessages.Find(line));

    private static string Sample(KernelMessage message)
    {
        string line = message.Pattern.Text;
        foreach (string name in message.Pattern.Names)
        {
            string value = name switch
            {
                "reg" => "R7",
                "arg" => "arg#3",
                "kind" or "kinds" => "rdonly_buf",
                _ => "12",
            };
            line = line.Replace($"{{{name}*}}", value, StringComparison.Ordinal).Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return line;
    }
}

// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Output;

/// <summary>What print shows for a value, in both forms. Where no comment says otherwise, both are what bpftrace 0.27 wrote for such a value.</summary>
public sealed class ValueOutputTests
{
    private static readonly TraceType Int8 = new TraceType.Integer(1, true);
    private static readonly TraceType UInt8 = new TraceType.Integer(1, false);
    private static readonly TraceType Word = new TraceType.Text(16);
    private static readonly TraceType Color = new TraceType.Enumeration(new("enum color", 4, false, [("RED", 0), ("GREEN", 5)]));

    private static readonly TraceType Structure = new TraceType.Record(new("struct S", false, 40, () =>
    [
        new("a", TraceType.Int32, 0),
        new("b", new TraceType.Text(4), 4),
        new("c", new TraceType.Array(TraceType.Int32, 3), 8),
        new("d", UInt8, 20, 0, 3),
        new("e", new TraceType.Record(new("struct x", false, 4, () => [new("x", TraceType.Int32, 0)])), 24),
        new("p", new TraceType.Pointer(TraceType.None, MemorySpace.Kernel), 32),
    ]));

    private static readonly (string What, TraceType Type, object Value, string Text, string Json)[] Cases =
    [
        ("a negative number", Int8, -1, "-1", "-1"),
        ("the greatest number", TraceType.UInt64, ulong.MaxValue, "18446744073709551615", "\"18446744073709551615\""),
        ("a number that a double holds", TraceType.Int64, 9007199254740992, "9007199254740992", "9007199254740992"),
        ("a number that no double holds", TraceType.Int64, 9007199254740993, "9007199254740993", "\"9007199254740993\""),
        ("true", TraceType.Bool, 1, "true", "true"),
        ("false", TraceType.Bool, 0, "false", "false"),
        ("a named value", Color, 5, "GREEN", "5"),
        ("a value without a name", Color, 7, "7", "7"),
        ("text", Word, "x\"y\\z\t", "x\"y\\z\t", "\"x\\\"y\\\\z\\t\""),
        ("control characters", Word, "\e[31m\x7f\x01", "\e[31m\x7f\x01", "\"\\u001b[31m\x7f\\u0001\""),
        // bpftrace 0.27 escapes the bytes of letters beyond ASCII to what is no JSON.
        ("text beyond ASCII", Word, "é", "é", "\"é\""),
        ("no text", Word, "", "", "\"\""),
        ("a buffer", new TraceType.Buffer(4), "a\x0001\x00ff", "a\\x01\\xff", "[97,1,-1]"),
        ("an array", new TraceType.Array(Int8, 2), new object[] { 2, 1 }, "[2,1]", "[2,1]"),
        ("a tuple", new TraceType.Tuple([Int8, Word, new TraceType.Tuple([Int8, Int8])]), new object[] { 1, "a", new object[] { 2, 3 } }, "(1, a, (2, 3))", "[1,\"a\",[2,3]]"),
        ("a tuple of one", new TraceType.Tuple([Int8]), new object[] { 1 }, "(1)", "[1]"),
        ("a mixed tuple", new TraceType.Tuple([TraceType.Bool, Word, UInt8, TraceType.Int64]), new object[] { 1, "q\"x", 200, -5 }, "(true, q\"x, 200, -5)", "[true,\"q\\\"x\",200,-5]"),
        ("a structure", Structure, new byte[40], "{ .a = 0, .b = , .c = [0,0,0], .d = 0, .e = { .x = 0 }, .p = 0x0 }", """{"a": 0, "b": "", "c": [0,0,0], "d": 0, "e": {"x": 0}, "p": 0}"""),
        ("a pointer", new TraceType.Pointer(TraceType.None, MemorySpace.Kernel), 16, "0x10", "16"),
        ("a name of the kernel", new TraceType.Symbol(false), 0xffffffff81000000, "_text", "\"_text\""),
        ("an address of nobody", new TraceType.Symbol(true), 0x1234, "0x1234", "\"0x1234\""),
        ("the address zero", new TraceType.Symbol(true), 0, "0", "\"0\""),
        ("an address of version 4", new TraceType.InternetAddress(), Address(2, [127, 0, 0, 1]), "127.0.0.1", "\"127.0.0.1\""),
        ("an address of version 6", new TraceType.InternetAddress(), Address(10, [0, 1, 0, 2, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0]), "1:2:0:0:5::", "\"1:2:0:0:5::\""),
        // How bpftrace 0.17 writes it in its source; on this machine, only zeros could be asked for.
        ("a hardware address", new TraceType.HardwareAddress(), new byte[] { 0, 0x1a, 0x2b, 0xff, 4, 5 }, "00:1A:2B:FF:04:05", "\"00:1A:2B:FF:04:05\""),
        ("a user", new TraceType.Named(NameKind.User), 0, "root", "\"root\""),
        ("a control group", new TraceType.Named(NameKind.ControlGroup), 1, "unified:/", "\"unified:/\""),
        ("an error", new TraceType.Code(CodeKind.Error), 2, "No such file or directory", "\"No such file or directory\""),
        ("a signal", new TraceType.Code(CodeKind.Signal), 9, "Killed", "\"Killed\""),
        ("a system call", new TraceType.Code(CodeKind.Syscall), 450, "set_mempolicy_home_node", "\"set_mempolicy_home_node\""),
        ("an hour", new TraceType.Timestamp(0), 0, "21", "\"21\""),
        ("microseconds", new TraceType.Timestamp(1), 235551766, "235551 21:47:36", "\"235551 21:47:36\""),
        ("a kernel stack", new TraceType.Stack(false, StackMode.Bpftrace, 2), 3,
            "\n        irqentry_exit_to_user_mode+261\n        asm_sysvec_reschedule_ipi+22\n", "\"\\n        irqentry_exit_to_user_mode+261\\n        asm_sysvec_reschedule_ipi+22\\n\""),
        ("a stack as perf shows it", new TraceType.Stack(false, StackMode.Perf, 3), 3,
            "\n\tffffffff821f3125 irqentry_exit_to_user_mode+261\n\tffffffff81000e46 asm_sysvec_reschedule_ipi+22\n",
            "\"\\n\\tffffffff821f3125 irqentry_exit_to_user_mode+261\\n\\tffffffff81000e46 asm_sysvec_reschedule_ipi+22\\n\""),
        ("a raw stack", new TraceType.Stack(false, StackMode.Raw, 2), 3, "\nffffffff821f3125\nffffffff81000e46\n", "\"\\nffffffff821f3125\\nffffffff81000e46\\n\""),
        ("a stack that is not there", new TraceType.Stack(false, StackMode.Bpftrace, 2), -14, "\n", "\"\\n\""),
        ("a user stack", new TraceType.Stack(true, StackMode.Bpftrace, 2), UserStack(), "\n        __libc_read+0\n        0x7f0bccaf09af\n", "\"\\n        __libc_read+0\\n        0x7f0bccaf09af\\n\""),
        ("a user stack as perf shows it", new TraceType.Stack(true, StackMode.Perf, 2), UserStack(),
            "\n\t7fd3fe3942a0 __libc_read+0 (/usr/lib/x86_64-linux-gnu/libc.so.6)\n\t7f0bccaf09af 0x7f0bccaf09af ([unknown])\n",
            "\"\\n\\t7fd3fe3942a0 __libc_read+0 (/usr/lib/x86_64-linux-gnu/libc.so.6)\\n\\t7f0bccaf09af 0x7f0bccaf09af ([unknown])\\n\""),
        ("a stack by build ids", new TraceType.Stack(true, StackMode.BuildId, 3), Stored.Words(4, 7),
            "\naabbccddff33445566778899ee00000011111111 0x1f40\n0000000000000000000000000000000000000000 0x05\n7f0bccaf09af\n",
            "\"\\naabbccddff33445566778899ee00000011111111 0x1f40\\n0000000000000000000000000000000000000000 0x05\\n7f0bccaf09af\\n\""),
        ("a count", new TraceType.Aggregate(new Aggregation.Count()), Stored.Words(3), "3", "3"),
        ("statistics", new TraceType.Aggregate(new Aggregation.Statistics(true)), Stored.Words(-7, 2), "{ .count = 2, .average = -3, .total = -7 }", """{"count": 2, "average": -3, "total": -7}"""),
        ("nothing", TraceType.None, Array.Empty<byte>(), "null", "null"),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.What)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_is_shown_as_bpftrace_shows_it(string what)
    {
        var (_, type, value, text, json) = Cases.Single(c => c.What == what);
        byte[] stored = Stored.Value(type, value);

        Assert.Equal(text + "\n", Printed.AsText(o => o.Value(type, stored)));
        Assert.Equal($"{{\"type\": \"value\", \"data\": {json}}}\n", Printed.AsJson(o => o.Value(type, stored)));
    }

    [Fact]
    public void Every_kind_of_value_is_shown() =>
        Assert.Empty(typeof(TraceType).GetNestedTypes().Where(t => t.IsSealed).Except(Cases.Select(c => c.Type.GetType())));

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_bytes_a_value_has_its_JSON_is_JSON(string what)
    {
        var (_, type, value, _, _) = Cases.Single(c => c.What == what);
        byte[] stored = Stored.Value(type, value);
        Random random = new(6405);

        for (int i = 0; i < 200; i++)
        {
            random.NextBytes(stored);
            Assert.NotEmpty(Printed.AsText(o => o.Value(type, stored)));
            JsonDocument.Parse(Printed.AsJson(o => o.Value(type, stored))).Dispose();
        }
    }

    [Fact]
    public void Bit_fields_are_cut_from_the_number_that_they_lie_in()
    {
        TraceType bits = new TraceType.Record(new("struct b", false, 4, () =>
            [new("a", TraceType.UInt32, 0, 4, 3), new("b", TraceType.Int32, 0, 7, 3), new("c", TraceType.Bool, 0, 0, 1)]));

        Assert.Equal("{ .a = 5, .b = -2, .c = true }\n", Printed.AsText(o => o.Value(bits, Stored.Value(bits, new byte[] { 0x51, 0x03, 0, 0 }))));
    }

    [Fact]
    public void A_user_without_a_name_is_shown_by_number() =>
        Assert.Equal("54321\n", Printed.AsText(o => o.Value(new TraceType.Named(NameKind.User), Stored.Words(54321))));

    [Fact]
    public void Bytes_that_are_no_text_do_not_break_JSON()
    {
        string line = Printed.AsJson(o => o.Value(Word, Stored.Value(Word, new byte[] { (byte)'a', 0xff, 0xc3, (byte)'"' })));

        Assert.Equal("a\ufffd\ufffd\"", JsonDocument.Parse(line).RootElement.GetProperty("data").GetString());
    }

    [Fact]
    public void A_buffer_that_claims_to_be_longer_than_it_is_ends_where_it_ends()
    {
        byte[] stored = [255, 255, 255, 255, (byte)'a', (byte)'b'];

        Assert.Equal("ab\n", Printed.AsText(o => o.Value(new TraceType.Buffer(2), stored)));
    }

    private static byte[] Address(byte family, byte[] address) => [family, 0, 0, 0, .. address, .. new byte[16 - address.Length]];

    private static byte[] UserStack() => Stored.Words(3, KnownNames.Process);
}

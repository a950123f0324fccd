// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Output;
using Ruche.Trace.Output.Formats;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Output;

/// <summary>What printf shows. The expected texts are those of bpftrace 0.17 and 0.27 where both agree, of 0.27 otherwise.</summary>
public sealed class FormatStringTests
{
    private static readonly TraceType Int8 = new TraceType.Integer(1, true);
    private static readonly TraceType UInt8 = new TraceType.Integer(1, false);
    private static readonly TraceType Comm = new TraceType.Text(16);
    private static readonly TraceType Color = new TraceType.Enumeration(new("enum color", 4, false, [("RED", 0), ("GREEN", 5)]));

    [Theory]
    [InlineData("[%5d][%-5d][%05d]", "[   42][42   ][00042]", 42, 42, 42)]
    [InlineData("[%5d][%-5d][%i]", "[  -42][-42  ][-42]", -42, -42, -42)]
    [InlineData("[%+d][%#x][%#o]", "[+42][0x2a][052]", 42, 42, 42)]
    [InlineData("[%x][%X][%o]", "[ff][FF][10]", 255, 255, 8)]
    [InlineData("[%hd][%hhd][%hx][%hhx]", "[4464][44][1170][2c]", 70000, 300, 70000, 300)]
    [InlineData("[%c][%5c][%-5c]", "[A][    A][B    ]", 65, 65, 66)]
    [InlineData("[%p][%20p][%-20p][%p]", "[0x1000][              0x1000][0x1000              ][0]", 4096, 4096, 4096, 0)]
    [InlineData("[%08x] 100%%\n", "[000000ff] 100%\n", 255)]
    [InlineData("[%lld][%lu][%jd][%zu][%ld]", "[-5][5][6][7][8]", -5, 5, 6, 7, 8)]
    [InlineData("[%5.3d][%.5d][%.0d]", "[  005][00005][]", 5, 5, 0)]
    [InlineData("[%u][%x]", "[4294967295][ffffffff]", -1, -1)]
    public void Numbers_are_shown_as_in_C(string format, string expected, params object[] values) =>
        Assert.Equal(expected, Print(format, [.. values.Select(_ => TraceType.Int64)], values));

    [Fact]
    public void Of_a_number_without_l_32_bits_are_shown()
    {
        Assert.Equal("1|305419896|12345678|-9223372036854775807|ffffffff12345678",
            Print("%d|%u|%x|%ld|%lx", [TraceType.Int64, TraceType.UInt64, TraceType.UInt64, TraceType.Int64, TraceType.UInt64],
                -9223372036854775807, 0xffffffff12345678, 0xffffffff12345678, -9223372036854775807, 0xffffffff12345678));
        Assert.Equal("-1|4294967295|ff", Print("%d|%u|%x", [Int8, Int8, UInt8], -1, -1, 255));
    }

    // 0.17 gives text to the C library; 0.27 pays no heed to its precision.
    [Fact]
    public void Text_is_cut_at_its_precision() =>
        Assert.Equal("     hello|hello     |hel|        he|", Print("%10s|%-10s|%.3s|%10.2s|", [Comm, Comm, Comm, Comm], "hello", "hello", "hello", "hello"));

    [Fact]
    public void Values_of_any_kind_are_shown_by_s()
    {
        Assert.Equal("GREEN 5 true     GREEN|", Print("%s %d %s %9s|", [Color, Color, TraceType.Bool, Color], 5, 5, 1, 5));
        Assert.Equal("(1, a) 0x10 3735928559 -3",
            Print("%s %s %s %s", [new TraceType.Tuple([Int8, Comm]), new TraceType.Pointer(Int8, MemorySpace.Kernel), TraceType.Int64, Int8],
                new object[] { 1, "a" }, 16, 0xdeadbeef, -3));
        Assert.Equal("A\n        irqentry_exit_to_user_mode+261\n        asm_sysvec_reschedule_ipi+22\nB",
            Print("A%sB", [new TraceType.Stack(false, StackMode.Bpftrace, 2)], 3));
    }

    [Fact]
    public void Buffers_have_three_forms_of_their_own()
    {
        TraceType buffer = new TraceType.Buffer(8);
        const string Bytes = "a\n\\\x0001\"z";

        Assert.Equal("a\\x0a\\\\x01\"z|\\x61\\x0a\\x5c\\x01\\x22\\x7a|61 0a 5c 01 22 7a", Print("%r|%rx|%rh", [buffer, buffer, buffer], Bytes, Bytes, Bytes));
        Assert.Equal("                 abc|abc                 |   ab", Print("%20r|%-20r|%5s", [buffer, buffer, buffer], "abc", "abc", "ab"));
    }

    [Fact]
    public void A_zero_character_is_a_zero_byte() => Assert.Equal("\0|", Print("%c|", [Int8], 0));

    [Fact]
    public void Text_that_fills_its_place_was_cut_off() => Assert.Equal("abcd..", Print("%s", [new TraceType.Text(4)], "abcd"));

    [Theory]
    [InlineData("100%", "100%", "RU6401", "'%' is no conversion and is printed as it is; write %% for a percent sign")]
    [InlineData("100%\n", "100%\n", "RU6401", "'%' is no conversion and is printed as it is; write %% for a percent sign")]
    [InlineData("%é", "%é", "RU6401", "'%' is no conversion and is printed as it is; write %% for a percent sign")]
    [InlineData("a%y", "a%y", "RU6401", "'%y' is no conversion and is printed as it is; write %% for a percent sign")]
    public void A_percent_sign_alone_is_text_and_a_warning(string format, string expected, string id, string message)
    {
        List<FormatProblem> problems = [];
        OutputBuffer buffer = new();

        FormatString.Parse(Encoding.UTF8.GetBytes(format), [], problems)!.Append(buffer, [], KnownNames.Context);

        Assert.Equal(expected, buffer.ToString());
        var problem = Assert.Single(problems);
        Assert.Equal((id, Severity.Warning, message), (problem.Id, problem.Severity, problem.Message));
    }

    [Theory]
    [InlineData("ab %f", "RU6402", "'%f' is a conversion of C that scripts do not have", 3, 2)]
    [InlineData("%*d", "RU6402", "'%*d' takes a width or precision from the arguments, which no format of a script can", 0, 3)]
    [InlineData("%5000d", "RU6402", "'%5000d' is wider than 4096", 0, 6)]
    [InlineData("%d %d %x", "RU6403", "the format has 3 conversions, but there is 1 argument", 3, 2)]
    [InlineData("none", "RU6403", "the format has no conversions, but there is 1 argument", 0, 4)]
    [InlineData("a %r", "RU6404", "argument 1 of the format is of type 'int64', but its conversion takes a buffer; %s shows any", 2, 2)]
    public void What_is_wrong_is_said_with_its_place(string format, string id, string message, int start, int length)
    {
        List<FormatProblem> problems = [];

        Assert.Null(FormatString.Parse(Encoding.UTF8.GetBytes(format), [TraceType.Int64], problems));

        Assert.Equal(new(id, Severity.Error, message, start, length), Assert.Single(problems));
    }

    [Fact]
    public void A_format_of_garbage_is_read_or_refused_with_a_place()
    {
        Random random = new(6406);
        char[] alphabet = [.. "%%%%dxsrpc-+ #0.*59hlLqey\u00e9\n"];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] format = Encoding.UTF8.GetBytes(random.GetItems(alphabet, random.Next(12)));
            List<FormatProblem> problems = [];

            var parsed = FormatString.Parse(format, [TraceType.Int64], problems);

            Assert.Equal(parsed is null, problems.Any(p => p.Severity is Severity.Error));
            Assert.All(problems, p => Assert.InRange(p.Start + p.Length, p.Start, format.Length));
            parsed?.Append(new(), Stored.Words(42), KnownNames.Context);
        }
    }

    [Fact]
    public void Text_is_no_number()
    {
        List<FormatProblem> problems = [];

        Assert.Null(FormatString.Parse("%d"u8, [Comm], problems));

        Assert.Equal("argument 1 of the format is of type 'string[16]', but its conversion takes a number; %s shows any", Assert.Single(problems).Message);
    }

    [Theory]
    [InlineData("\"ab%y\"", 2, 2, "%y")]
    [InlineData("\"\\n\\t%y\"", 2, 2, "%y")]
    [InlineData("\"\\x1b[31m%y\"", 5, 2, "%y")]
    [InlineData("\"\\033é😀%y\"", 7, 2, "%y")]
    public void A_place_in_a_format_is_found_in_its_literal(string literal, int start, int length, string expected)
    {
        var span = FormatLiteral.SpanOf(literal, start, length);

        Assert.Equal(expected, literal.Substring(span.Start, span.Length));
    }

    [Fact]
    public void Numbers_and_text_are_shown_without_allocating()
    {
        TraceType[] types = [TraceType.Int32, Comm, TraceType.UInt64, Color];
        var format = FormatString.Parse("%-6d %-16s %08lx %d %s\n"u8, [.. types, Comm], [])!;
        byte[] record = Stored.Record([.. types, Comm], 42, "dotnet", 0xffff888189c52180, 5, "bash");
        OutputBuffer buffer = new();
        format.Append(buffer, record, KnownNames.Context);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            buffer.Clear();
            format.Append(buffer, record, KnownNames.Context);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal("42     dotnet           ffff888189c52180 5 bash\n", buffer.ToString());
    }

    [Fact]
    public void Lines_of_JSON_allocate_nothing_either()
    {
        var format = FormatString.Parse("%d \"%s\"\n"u8, [TraceType.Int32, Comm], [])!;
        byte[] record = Stored.Record([TraceType.Int32, Comm], 42, "dotnet");
        JsonOutput output = new(Stream.Null, KnownNames.Context);
        for (int i = 0; i < 3_000; i++) output.Printf(format, record);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) output.Printf(format, record);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Print(string format, IReadOnlyList<TraceType> types, params object[] values)
    {
        List<FormatProblem> problems = [];
        OutputBuffer buffer = new(1);
        var parsed = FormatString.Parse(Encoding.UTF8.GetBytes(format), [.. types], problems);

        Assert.Empty(problems);
        parsed!.Append(buffer, Stored.Record(types, values), KnownNames.Context);
        return buffer.ToString();
    }
}

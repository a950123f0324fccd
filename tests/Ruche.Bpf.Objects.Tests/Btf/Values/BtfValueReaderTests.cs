// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Btf.Values;

public sealed class BtfValueReaderTests
{
    // Initialised variables, so that the compiler itself lays out the bytes that are read.
    private const string Source = """
        enum color { RED, GREEN = 7, BLUE = -1 };
        __attribute__((section("xdp"), used)) int program(void *context) { return 0; }
        struct inner { signed char low; unsigned long long high; };
        struct sample {
            unsigned pid; char comm[16]; char state; _Bool on; _Bool off; enum color color, other;
            struct { short x; union { short y; unsigned short z; }; };
            int a : 3; unsigned b : 7; unsigned long long c : 40;
            struct inner inners[2]; void *where; int zeros[20]; long minus; unsigned char raw[3]; double ratio; __int128 huge;
        };
        struct sample value __attribute__((section(".data"))) = {
            .pid = 42, .comm = "ba\"sh\n", .state = 'R', .on = 1, .color = GREEN, .other = 99, .x = -5, .y = -1,
            .a = -2, .b = 100, .c = 0x123456789aull, .inners = { { -1, 1ull << 63 }, { 3, 4 } },
            .where = (void *)0xffff0000, .zeros = { 1 }, .minus = -7, .raw = { 1, 2, 255 }, .ratio = 0.5, .huge = (__int128)1 << 100,
        };
        """;

    public static TheoryData<string> Targets => BtfSamples.Targets;

    [Theory]
    [MemberData(nameof(Targets))]
    public void Reads_what_the_compiler_laid_out(string target)
    {
        var (spec, bytes) = Open(target);
        spec.TryFind<BtfType.Composite>("sample", out int id);

        var value = BtfValueReader.Read(spec, id, bytes);

        Assert.Equal(
            """
            { .pid = 42, .comm = "ba\"sh\n", .state = 'R', .on = true, .off = false, .color = GREEN, .other = 99, .x = -5, .y = -1, .z = 65535, 
            .a = -2, .b = 100, .c = 78187493530, .inners = { { .low = -1, .high = 9223372036854775808 }, { .low = 3, .high = 4 } }, 
            .where = 0xffff0000, .zeros = { 1, [1 ... 19] = 0 }, .minus = -7, .raw = { 1, 2, 255 }, .ratio = 0.5, 
            .huge = 1267650600228229401496703205376 }
            """.ReplaceLineEndings(""), value.ToString());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Json_says_the_same(string target)
    {
        var (spec, bytes) = Open(target);
        spec.TryFind<BtfType.Composite>("sample", out int id);

        using var json = JsonDocument.Parse(ToJson(BtfValueReader.Read(spec, id, bytes)));

        var root = json.RootElement;
        Assert.Equal(42, root.GetProperty("pid").GetInt32());
        Assert.Equal("ba\"sh\n", root.GetProperty("comm").GetString());
        Assert.Equal("GREEN", root.GetProperty("color").GetString());
        Assert.Equal(99, root.GetProperty("other").GetInt32());
        Assert.Equal(-1, root.GetProperty("y").GetInt32());
        Assert.Equal(1ul << 63, root.GetProperty("inners")[0].GetProperty("high").GetUInt64());
        Assert.Equal("0xffff0000", root.GetProperty("where").GetString());
        Assert.Equal("1267650600228229401496703205376", root.GetProperty("huge").GetString());
        Assert.True(root.GetProperty("on").GetBoolean());
    }

    [Fact]
    public void A_data_section_is_read_variable_by_variable()
    {
        var (spec, bytes) = Open("bpfel");
        spec.TryFind<BtfType.DataSection>(".data", out int id);

        var section = (BtfValue.Composite)BtfValueReader.Read(spec, id, bytes);

        var field = Assert.Single(section.Fields);
        Assert.Equal("value", field.Name);
        Assert.StartsWith("{ .pid = 42,", field.Value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flexible_array_takes_the_bytes_that_are_left()
    {
        BtfBuilder builder = new();
        int u16 = builder.Add(new BtfType.Int(2, IntEncoding.None, 0, 16) { Name = "u16" });
        int array = builder.Add(new BtfType.Array(u16, u16, 0));
        int record = builder.Add(new BtfType.Composite(IsUnion: false, 2, [new("length", u16, 0, 0), new("items", array, 16, 0)]) { Name = "record" });

        var value = BtfValueReader.Read(builder.Build(), record, [2, 0, 10, 0, 11, 0]);

        Assert.Equal("{ .length = 2, .items = { 10, 11 } }", value.ToString());
    }

    [Fact]
    public void Too_few_bytes_are_an_invalid_object()
    {
        var (spec, bytes) = Open("bpfel");
        spec.TryFind<BtfType.Composite>("sample", out int id);

        var error = Assert.Throws<InvalidObjectException>(() => BtfValueReader.Read(spec, id, bytes.AsSpan(0, 100)));

        Assert.Equal("RU3111", Assert.Single(error.Diagnostics).Id);
    }

    [Fact]
    public void Bytes_that_are_not_text_are_escaped()
    {
        BtfValue.Text value = new([(byte)'a', 0x80, 0xc3, 0xa9, 7]);

        Assert.Equal("\"a\\x80é\\x07\"", value.ToString());
        Assert.Equal("a\\x80é\a", JsonSerializer.Deserialize<string>(ToJson(value)));
    }

    [Fact]
    public void Types_that_multiply_without_end_are_refused()
    {
        BtfBuilder builder = new();
        int type = builder.Add(new BtfType.Int(1, IntEncoding.None, 0, 8) { Name = "u8" });
        for (int level = 0; level < 40; level++)
            type = builder.Add(new BtfType.Composite(IsUnion: true, 1, [new("a", type, 0, 0), new("b", type, 0, 0)]));
        var spec = builder.Build();

        Assert.Throws<InvalidObjectException>(() => BtfValueReader.Read(spec, type, [1]));
    }

    private static string ToJson(BtfValue value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream)) BtfValueJson.Write(writer, value);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static (BtfSpec Spec, byte[] Bytes) Open(string target)
    {
        var sample = BtfSamples.Compile(Source, target);
        byte[] marker = new byte[4];
        if (target == "bpfel") BinaryPrimitives.WriteInt32LittleEndian(marker, 42);
        else BinaryPrimitives.WriteInt32BigEndian(marker, 42);
        byte[] start = [.. marker, .. "ba\"sh\n"u8];
        return (BtfSpec.Read(sample.Btf), sample.Elf[sample.Elf.AsSpan().IndexOf(start)..]);
    }
}

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;
using Ruche.Symbols.Dwarf;

namespace Ruche.Symbols.Tests.Dwarf;

public sealed class DebugInformationTests
{
    private const string Source = """
        typedef unsigned short cell_t;
        enum mood { CALM, ANGRY = 7, ASLEEP = -1 };
        struct comb;
        struct pair { int left; long right; char name[8]; struct comb *comb; };
        union either { int number; float part; };
        struct field { unsigned low : 3; int high : 5; union { int a; char b; }; struct pair *next; int grid[2][3]; enum mood mood; };
        int work(const char *text, struct field *field, cell_t cell, enum mood mood, signed char small, _Bool yes, double part, union either either, ...)
        {
            int all = text[0] + cell;
            if (yes) all += mood; else all -= small;

            return all + field->low + (int)part + either.number;
        }
        long other(struct pair pair) { return pair.left; }
        int main(void) { struct pair pair = {1}; struct field field = {1}; union either either = {1}; return work("a", &field, 2, CALM, 3, 0, 1.5, either) + other(pair); }
        """;

    private const string Elsewhere = "struct comb { int cells; }; int count(struct comb *comb) { return comb->cells; }\n";

    public static TheoryData<string, string> Ways => new()
    {
        { "gcc", "-gdwarf-4" }, { "gcc", "-gdwarf-5" }, { "gcc", "-gdwarf-5 -O2" }, { "gcc", "-gdwarf-4 -gz=zlib" }, { "gcc", "-gdwarf-5 -gz=zlib" },
        { "gcc", "-gdwarf64 -gdwarf-5" }, { "clang", "-gdwarf-4" }, { "clang", "-gdwarf-5" }, { "clang", "-gdwarf-5 -O1" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_function_has_the_types_of_its_source(string compiler, string options)
    {
        using WorkDirectory work = new();
        string path = Compile(work, compiler, options);

        var types = TypesOf(path, "work");

        Assert.NotNull(types);
        Assert.Equal(
            "int (const char *text, struct field *field, cell_t cell, enum mood mood, signed char small, _Bool yes, double part, union either either, )",
            Prototype(types, "work").Replace("bool", "_Bool", StringComparison.Ordinal).Replace("__Bool", "_Bool", StringComparison.Ordinal));
        Assert.Equal("long (struct pair pair)", Prototype(types, "other").Replace("long int", "long", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Members_lie_where_the_compiler_put_them(string compiler, string options)
    {
        using WorkDirectory work = new();

        var types = TypesOf(Compile(work, compiler, options), "work")!;

        Assert.Equal("low 0:3, high 3:5,  32:0, next 64:0, grid 128:0, mood 320:0", Members(types, "field"));
        Assert.Equal("left 0:0, right 64:0, name 128:0, comb 192:0", Members(types, "pair"));
        Assert.True(types.TryFind(BtfKind.Struct, "field", out int field));
        Assert.True(types.TrySizeOf(field, out int size) && size == 48);
        Assert.True(types.TryFind(BtfKind.Enum, "mood", out int mood));
        Assert.Equal(["CALM=0", "ANGRY=7", "ASLEEP=-1"], ((BtfType.Enum)types[mood]).Values.Select(v => $"{v.Name}={(long)v.Value}"));
    }

    [Fact]
    public void What_one_part_declares_another_defines()
    {
        using WorkDirectory work = new();

        var types = TypesOf(Compile(work, "gcc", "-gdwarf-5"), "work")!;

        Assert.Equal("cells 0:0", Members(types, "comb"));
    }

    [Theory]
    [InlineData("g++", "-gdwarf-4")]
    [InlineData("g++", "-gdwarf-5")]
    [InlineData("clang++", "-gdwarf-5")]
    public void Classes_with_code_of_their_own_are_passed_by_address(string compiler, string options)
    {
        using WorkDirectory work = new();
        Tool.Require(compiler);
        File.WriteAllText(work["hive.cc"], """
            struct plain { int a; int twice() { return 2 * a; } };
            struct ends { int a; ~ends(); };
            struct copied { int a; copied(); copied(const copied &other); };
            struct holds { int first; copied inner; };
            struct usual { int a; usual() = default; usual(const usual &) = default; ~usual() = default; };
            struct acts { virtual int act(); int a; };
            ends::~ends() { a = 0; }
            copied::copied() : a(1) {}
            copied::copied(const copied &other) : a(other.a) {}
            int acts::act() { return a; }
            extern "C" int work(plain p, ends e, copied c, holds h, usual u, acts v, int last) { return p.twice() + e.a + c.a + h.first + u.a + v.act() + last; }
            extern "C" ends made(int a) { return {a}; }
            int main() { return work({1}, {2}, {}, {3, {}}, {}, {}, 4) + made(1).a; }
            """);
        Tool.Run(compiler, ["-std=c++17", options, "-o", work["hive"], work["hive.cc"]]);

        var types = TypesOf(work["hive"], "work")!;

        Assert.Equal("int (struct plain p, struct ends *e, struct copied *c, struct holds *h, struct usual u, struct acts *v, int last)", Prototype(types, "work"));
        Assert.False(types.TryFind(BtfKind.Function, "made", out _));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Statements_of_a_source_begin_where_its_code_is(string compiler, string options)
    {
        using WorkDirectory work = new();
        string path = Compile(work, compiler, options);

        var statements = DebugInformation.TryRead(path)!.StatementsOf("work.c");

        Assert.Contains(statements, s => s.Line == 9 && s.Column > 0 && s.File.EndsWith("/work.c", StringComparison.Ordinal));
        Assert.DoesNotContain(statements, s => s.Line == 11);
        ulong start = AddressOf(path, "work");
        Assert.Contains(statements, s => s.Address == start);
        Assert.Empty(DebugInformation.TryRead(path)!.StatementsOf("ork.c"));
    }

    [Fact]
    public void A_stripped_program_has_them_in_its_debug_file()
    {
        using WorkDirectory work = new();
        string path = Compile(work, "gcc", "-gdwarf-5");
        Tool.Require("objcopy", "strip");
        ulong address = AddressOf(path, "work");
        Tool.Run("objcopy", ["--only-keep-debug", path, $"{path}.debug"]);
        Tool.Run("strip", [path]);
        Assert.Null(DebugInformation.TryRead(path));
        Tool.Run("objcopy", [$"--add-gnu-debuglink={path}.debug", path]);

        var types = DebugInformation.TryRead(path)?.TypesOf(address, "work");

        Assert.NotNull(types);
        Assert.True(types.TryFind(BtfKind.Function, "work", out _));
    }

    [Theory]
    [InlineData("-gdwarf-4")]
    [InlineData("-gdwarf-5")]
    public void Damaged_bytes_are_no_information(string options)
    {
        using WorkDirectory work = new();
        string path = Compile(work, "gcc", options);
        byte[] image = File.ReadAllBytes(path);
        ulong address = AddressOf(path, "work");
        var sections = ElfFile.Read(image).Sections.Where(s => s.Name is ".debug_info" or ".debug_abbrev" or ".debug_line" or ".debug_str" or ".debug_line_str").ToList();
        Random random = new(20);

        for (int i = 0; i < 1500; i++)
        {
            byte[] damaged = [.. image];
            for (int flip = 0; flip <= i % 8; flip++)
            {
                var section = sections[random.Next(sections.Count)];
                damaged[(int)section.Offset + random.Next((int)section.Size)] = (byte)random.Next(256);
            }

            var information = DebugInformation.TryRead(damaged);
            information?.StatementsOf("work.c");
            if (information?.TypesOf(address, "work") is not { } types || !types.TryFind(BtfKind.Function, "work", out _)) continue;
            Prototype(types, "work");
        }
    }

    private static string Compile(WorkDirectory work, string compiler, string options)
    {
        Tool.Require(compiler);
        File.WriteAllText(work["work.c"], Source);
        File.WriteAllText(work["other.c"], Elsewhere);
        Tool.Run(compiler, [.. options.Split(' '), "-o", work["work"], work["work.c"], work["other.c"]]);
        return work["work"];
    }

    private static ulong AddressOf(string path, string function) => ElfFile.Read(File.ReadAllBytes(path)).Symbols.First(s => s.Name == function).Value;

    private static BtfSpec? TypesOf(string path, string function) => DebugInformation.TryRead(path)?.TypesOf(AddressOf(path, function), function);

    private static string Prototype(BtfSpec types, string function)
    {
        Assert.True(types.TryFind(BtfKind.Function, function, out int id));
        var prototype = (BtfType.FunctionPrototype)types[((BtfType.Function)types[id]).Prototype];
        return $"{types.TypeNameOf(prototype.Return)} ({string.Join(", ", prototype.Parameters.Select(p => p.Type == 0 ? "" : $"{types.TypeNameOf(p.Type)} {p.Name}".Replace("* ", "*", StringComparison.Ordinal)))})";
    }

    private static string Members(BtfSpec types, string name)
    {
        Assert.True(types.TryFind(BtfKind.Struct, name, out int id));
        return string.Join(", ", ((BtfType.Composite)types[id]).Members.Select(m => $"{m.Name} {m.BitOffset}:{m.BitSize}"));
    }
}

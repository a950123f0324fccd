// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;

namespace Ruche.Bpf.Objects.Tests.Btf.Rendering;

public sealed class CHeaderRendererTests
{
    private const string Layouts = """
        typedef unsigned long long u64;
        struct gaps { char a; long b __attribute__((aligned(32))); int c : 3; int : 0; int d : 5; short e; } __attribute__((aligned(64)));
        struct tight { char a; int b; u64 c : 33; char d; } __attribute__((packed));
        struct inside { struct tight t[3]; struct { char x; struct tight y; } z; };
        union mixed { char a; struct { short b; int c : 20; }; u64 d[3]; } ;
        struct far { char a; char b __attribute__((aligned(4096))); };
        struct flexible { int n; struct gaps items[]; };
        enum tiny { T0, T1 } __attribute__((packed));
        enum wide { W0, W1 = 1ull << 40 };
        struct enums { enum tiny t; enum wide w; enum { INNER, OTHER } e; _Bool b : 1; enum tiny f : 2; };
        struct calls { int (*one)(struct calls *self, ...); void (*many[4])(const char *, int (*)(void)); int (*(*back)(int))[3]; char *const fixed; const char (*array)[7]; };
        typedef struct { int x; struct calls *c; } anonymous_t;
        struct user { anonymous_t a; anonymous_t *p; struct undefined *u; volatile const int v; float f; double g; __int128 h; };
        struct gaps v1; struct inside v2; union mixed v3; struct far v4; struct flexible v5; struct enums v6; struct calls v7; struct user v8;
        __attribute__((section("xdp"), used)) int program(void *context) { return 0; }
        """;

    [Fact]
    public void Every_struct_of_the_kernel_keeps_its_size_and_offsets()
    {
        var kernel = BtfSamples.OpenKernel();

        CompileWithChecks(kernel, CHeaderRenderer.Render(kernel));
    }

    [Fact]
    public void Definitions_written_one_by_one_stand_for_themselves()
    {
        BtfBuilder types = new();
        int number = types.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        int choice = types.Add(new BtfType.Enum(4, false, false, [new("ONE", 1)]));
        int first = types.Add(new BtfType.Composite(false, 8, [new("a", number, 0, 0), new("which", choice, 32, 0)]) { Name = "pair" });
        int second = types.Add(new BtfType.Composite(true, 8, [new("first", first, 0, 0), new("which", choice, 0, 0)]) { Name = "pair" });

        string[] definitions = [.. CHeaderRenderer.RenderEach(types.Build(), [first, number, second])];

        Assert.Equal("struct pair {\n\tint a;\n\tenum {\n\t\tONE = 1,\n\t} which;\n};\n", definitions[0]);
        Assert.Equal("", definitions[1]);
        Assert.Equal("union pair {\n\tstruct pair first;\n\tenum {\n\t\tONE = 1,\n\t} which;\n};\n", definitions[2]);
    }

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Odd_layouts_keep_their_sizes_and_offsets(string target)
    {
        var spec = BtfSpec.Read(BtfSamples.Compile(Layouts, target).Btf);

        CompileWithChecks(spec, CHeaderRenderer.Render(spec), target);
    }

    [Theory]
    [InlineData("task_struct")]
    [InlineData("sock")]
    [InlineData("sk_buff")]
    [InlineData("file")]
    [InlineData("request")]
    public void The_closure_of_a_struct_compiles_alone(string name)
    {
        var kernel = BtfSamples.OpenKernel();
        Assert.True(kernel.TryFind<BtfType.Composite>(name, out int id));

        string header = CHeaderRenderer.Render(kernel, new() { Roots = [id] });

        Compile($"{header}\n_Static_assert(sizeof(struct {name}) == {kernel.SizeOf(id)}, \"size\");\n", "bpfel");
        Assert.DoesNotContain("struct btf_kfunc_set_tab {", header, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_rendered_and_compiled_has_the_same_members_again()
    {
        var spec = BtfSpec.Read(BtfSamples.Compile(Layouts).Btf);
        string header = CHeaderRenderer.Render(spec);

        string again = CHeaderRenderer.Render(BtfSpec.Read(BtfSamples.Compile(header + Uses(spec)).Btf));

        Assert.Equal(Sorted(header), Sorted(again));
    }

    [Fact]
    public void Conflicting_names_get_a_flavour()
    {
        BtfBuilder builder = new();
        int number = builder.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        builder.Add(new BtfType.Composite(IsUnion: false, 4, [new("a", number, 0, 0)]) { Name = "s" });
        builder.Add(new BtfType.Composite(IsUnion: false, 8, [new("a", number, 0, 0), new("b", number, 32, 0)]) { Name = "s" });
        builder.Add(new BtfType.Enum(4, IsSigned: false, Is64: false, [new("A", 1)]) { Name = "e" });
        builder.Add(new BtfType.Enum(4, IsSigned: false, Is64: false, [new("A", 2)]) { Name = "f" });
        builder.Add(new BtfType.Typedef(number) { Name = "A" });

        string header = CHeaderRenderer.Render(builder.Build());

        Assert.Contains("struct s {\n\tint a;\n}", header, StringComparison.Ordinal);
        Assert.Contains("struct s___2 {\n\tint a;\n\tint b;\n}", header, StringComparison.Ordinal);
        Assert.Contains("A___2 = 2", header, StringComparison.Ordinal);
        Assert.Contains("typedef int A___3;", header, StringComparison.Ordinal);
        Compile(header, "bpfel");
    }

    [Fact]
    public void A_name_that_starts_like_a_qualifier_is_a_name()
    {
        BtfBuilder builder = new();
        int pointer = builder.Add(new BtfType.Pointer(0));
        int constant = builder.Add(new BtfType.Const(pointer));
        builder.Add(new BtfType.Composite(IsUnion: false, 16, [new("constructor", pointer, 0, 0), new("volatile_", constant, 64, 0)]) { Name = "s" });

        string header = CHeaderRenderer.Render(builder.Build());

        Assert.Contains("{\n\tvoid *constructor;\n\tvoid * const volatile_;\n}", header, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_other_languages_become_C()
    {
        BtfBuilder builder = new();
        int number = builder.Add(new BtfType.Int(8, IntEncoding.None, 0, 64) { Name = "usize" });
        builder.Add(new BtfType.Composite(IsUnion: false, 16, [new("__0", number, 64, 0), new("static", number, 0, 0)]) { Name = "Option<alloc::Vec<u8>>" });

        string header = CHeaderRenderer.Render(builder.Build());

        Assert.Contains("struct Option_alloc__Vec_u8__ {\n\tunsigned long long static_;\n\tunsigned long long __0;\n};", header, StringComparison.Ordinal);
        Compile(header, "bpfel");
    }

    private static string Uses(BtfSpec spec) => string.Join('\n', Structs(spec).Select((s, i) => $"{s.Tag} use_{i};"))
        + "\n__attribute__((section(\"xdp\"), used)) int program(void *context) { return 0; }";

    private static IEnumerable<string> Sorted(string header) => header.Split("\n\n").Where(d => d.Contains('{', StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static IEnumerable<(string Tag, BtfType.Composite Type, int Id)> Structs(BtfSpec spec) =>
        from id in Enumerable.Range(1, spec.Count - 1)
        let type = spec[id] as BtfType.Composite
        where type is not null && type.Name.Length > 0 && spec.Find(type.Name).Count(other => spec.KindOf(other) is not BtfKind.Function and not BtfKind.Typedef) == 1
        select ($"{(type.IsUnion ? "union" : "struct")} {type.Name}", type, id);

    private static void CompileWithChecks(BtfSpec spec, string header, string target = "bpfel")
    {
        StringBuilder source = new(header);
        int checks = 0;
        foreach (var (tag, type, _) in Structs(spec))
        {
            source.Append(CultureInfo.InvariantCulture, $"_Static_assert(sizeof({tag}) == {type.Size}, \"size of {tag}\");\n");
            foreach (var member in type.Members.Where(m => m.Name.Length > 0 && m.BitSize == 0))
            {
                source.Append(CultureInfo.InvariantCulture,
                    $"_Static_assert(__builtin_offsetof({tag}, {member.Name}) == {member.BitOffset / 8}, \"{member.Name} in {tag}\");\n");
                checks++;
            }
        }
        Assert.True(checks > 10);
        Compile(source.ToString(), target);
    }

    private static void Compile(string source, string target)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, source);
            BtfSamples.Run("clang", "-target", target, "-Wno-everything", "-fsyntax-only", "-x", "c", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

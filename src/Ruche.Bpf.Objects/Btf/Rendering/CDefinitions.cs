// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>
/// Writes definitions in an order C accepts: what a type contains comes before it, what it only points to is declared before it.
/// </summary>
internal sealed partial class CDefinitions
{
    // Typedefs lead from one to the next through function pointers; the kernel's longest way has a few dozen steps.
    private const int MaxDepth = 400;

    private readonly BtfSpec _spec;
    private readonly TextWriter _output;
    private readonly CNames _names;
    private readonly BtfAlignment _alignment;
    private readonly CDeclaration _declaration;

    private readonly HashSet<(int Id, bool IsComplete, int Inside)> _visited = [];
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<int> _defined = [];
    private readonly HashSet<int> _open = [];

    // The struct whose body is being prepared: a pointer to it from its own body needs no declaration.
    private int _inside;

    public CDefinitions(BtfSpec spec, TextWriter output)
    {
        (_spec, _output) = (spec, output);
        _names = new(spec);
        _alignment = new(spec);
        _declaration = new(spec, Specifier);
        _bodyAllowance = 100_000 + 64L * spec.Count;
    }

    /// <summary>Every named type of the set's own, and the anonymous enumerations nothing refers to.</summary>
    public void DefineAll()
    {
        HashSet<int> used = [];
        for (int id = _spec.FirstId; id < _spec.Count; id++)
        {
            if (_spec.KindOf(id) is not BtfKind.DeclTag) used.UnionWith(BtfReferences.Of(_spec[id]).Where(r => _spec.NameBytesOf(r).IsEmpty));
        }
        for (int id = _spec.FirstId; id < _spec.Count; id++)
        {
            bool isNamed = !_spec.NameBytesOf(id).IsEmpty;
            switch (_spec.KindOf(id))
            {
                case BtfKind.Struct or BtfKind.Union or BtfKind.Typedef or BtfKind.Forward when isNamed: Define(id); break;
                case BtfKind.Enum or BtfKind.Enum64 when isNamed || !used.Contains(id): Define(id); break;
            }
        }
    }

    /// <summary>A type and all it needs.</summary>
    public void Define(int id)
    {
        _inside = 0;
        Need(id, isComplete: true, 0);
        bool isLoose = _spec.KindOf(id) is BtfKind.Enum or BtfKind.Enum64 && _spec.NameBytesOf(id).IsEmpty;
        if (isLoose && !_spelled.Contains(id)) Write($"{Specifier(id)};\n\n");
    }

    /// <summary>Makes sure that a type may be used: as the type of a member when it has to be complete, behind a pointer otherwise.</summary>
    private void Need(int id, bool isComplete, int depth)
    {
        if (depth > MaxDepth) throw _spec.Endless(id);
        var kind = _spec.KindOf(id);
        if (isComplete && _open.Contains(id)) throw _spec.Endless(id);
        if (!_visited.Add((id, isComplete, _inside))) return;
        switch (kind)
        {
            case BtfKind.Pointer:
                Need(_spec.TargetOf(id), isComplete: false, depth + 1);
                break;
            case BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag or BtfKind.Function or BtfKind.Variable:
                Need(_spec.TargetOf(id), isComplete, depth + 1);
                break;
            case BtfKind.Array:
                Need(((BtfType.Array)_spec[id]).Element, isComplete: true, depth + 1);
                break;
            case BtfKind.FunctionPrototype:
                foreach (int part in BtfReferences.Of(_spec[id])) Need(part, isComplete: false, depth + 1);
                break;
            case BtfKind.Typedef:
                NeedTypedef(id, isComplete, depth);
                break;
            case BtfKind.Struct or BtfKind.Union:
                NeedComposite(id, isComplete, depth);
                break;
            case BtfKind.Enum or BtfKind.Enum64 when !_spec.NameBytesOf(id).IsEmpty && _defined.Add(id):
                Write($"{EnumText(id)};\n\n");
                break;
            case BtfKind.Forward:
                Declare(id);
                break;
        }
    }

    /// <summary>A struct is declared, then named, then defined: its own members may use the name.</summary>
    private void NeedTypedef(int id, bool isComplete, int depth)
    {
        int target = _spec.TargetOf(id);
        int inside = _inside;
        _inside = 0;
        if (_defined.Add(id))
        {
            Need(target, isComplete: false, depth + 1);
            Write($"typedef {_declaration.Render(target, _names.Typedef(id))};\n\n");
        }
        if (isComplete) Need(target, isComplete: true, depth + 1);
        _inside = inside;
    }

    private void NeedComposite(int id, bool isComplete, int depth)
    {
        bool isNamed = !_spec.NameBytesOf(id).IsEmpty;
        if (isNamed && !isComplete)
        {
            if (id != _inside) Declare(id);
            return;
        }
        if (isNamed && !_defined.Add(id)) return;
        int inside = _inside;
        if (isNamed) _inside = id;
        _open.Add(id);
        foreach (var member in ((BtfType.Composite)_spec[id]).Members) Need(member.Type, isComplete: true, depth + 1);
        _open.Remove(id);
        _inside = inside;
        if (!isNamed) return;
        _declared.Add(Tagged(id));
        Write($"{CompositeText(id, 0)};\n\n");
    }

    private void Declare(int id)
    {
        if (_spec.NameBytesOf(id).IsEmpty) return;
        string tagged = Tagged(id);
        if (_declared.Add(tagged)) Write($"{tagged};\n\n");
    }

    private string Tagged(int id)
    {
        var kind = _spec.KindOf(id);
        bool isUnion = kind is BtfKind.Union || (kind is BtfKind.Forward && BtfInfo.Flag(_spec.InfoOf(id)));
        return $"{(isUnion ? "union" : "struct")} {_names.Tag(id)}";
    }

    private void Write(string text) => _output.Write(text);
}

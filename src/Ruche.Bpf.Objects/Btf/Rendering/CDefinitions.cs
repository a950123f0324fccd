// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>
/// Writes definitions in an order C accepts: what a type contains comes before it, what it only points to is declared before it.
/// </summary>
internal sealed partial class CDefinitions
{
    // Typedefs lead from one to the next through function pointers; the kernel's longest way has a few dozen steps.
    private const int MaxDepth = 400;
    private const int EnoughToWrite = 1 << 16;

    private readonly BtfSpec _spec;
    private readonly Utf8Text _text;
    private readonly Stream _output;
    private readonly CNames _names;
    private readonly CLayout _layout;
    private readonly CDeclaration _declaration;
    private readonly CProgress _progress;

    // The struct whose body is being prepared: a pointer to it from its own body needs no declaration.
    private int _inside;

    // Whether each definition stands for itself: names need not differ from those of others then.
    private readonly bool _areAlone;

    public CDefinitions(BtfSpec spec, Utf8Text text, Stream output, bool areAlone = false)
    {
        (_spec, _text, _output, _areAlone) = (spec, text, output, areAlone);
        _names = new(spec, areAlone);
        _layout = new(spec);
        _declaration = new(spec, text, WriteSpecifier);
        _progress = new(spec.Count);
        _bodyAllowance = 100_000 + 64L * spec.Count;
    }

    /// <summary>The definitions of some types without what these need; empty for types that have none.</summary>
    public static IEnumerable<string> EachAlone(BtfSpec spec, IEnumerable<int> ids)
    {
        Utf8Text text = new();
        CDefinitions definitions = new(spec, text, Stream.Null, areAlone: true);
        foreach (int id in ids)
        {
            text.MoveTo(Stream.Null);
            if (spec.KindOf(id) is BtfKind.Struct or BtfKind.Union) definitions.WriteComposite(id);
            else if (spec.KindOf(id) is BtfKind.Enum or BtfKind.Enum64) definitions.WriteEnum(id);
            yield return text.Length > 0 ? $"{text};\n" : "";
        }
    }

    /// <summary>Every named type of the set's own, and the anonymous enumerations that none of them contains.</summary>
    public void DefineAll()
    {
        for (int id = _spec.FirstId; id < _spec.Count; id++)
        {
            bool isTop = _spec.KindOf(id) is BtfKind.Struct or BtfKind.Union or BtfKind.Typedef or BtfKind.Forward or BtfKind.Enum or BtfKind.Enum64;
            if (isTop && _spec.NameOffsetOf(id) != 0) Define(id);
        }
        for (int id = _spec.FirstId; id < _spec.Count; id++)
        {
            if (_spec.KindOf(id) is BtfKind.Enum or BtfKind.Enum64 && IsAnonymous(id)) Define(id);
        }
    }

    /// <summary>A type and all it needs.</summary>
    public void Define(int id)
    {
        _inside = 0;
        Need(id, isComplete: true, 0);
        bool isLoose = _spec.KindOf(id) is BtfKind.Enum or BtfKind.Enum64 && IsAnonymous(id);
        if (!isLoose || !_progress.Spell(id)) return;
        WriteEnum(id);
        End();
    }

    /// <summary>Makes sure that a type may be used: as the type of a member when it has to be complete, behind a pointer otherwise.</summary>
    private void Need(int id, bool isComplete, int depth)
    {
        var kind = _spec.KindOf(id);
        if (depth > MaxDepth || (isComplete && _progress.IsOpen(id))) throw _spec.Endless(id);
        if (!_progress.Visit(id, isComplete, _inside)) return;
        switch (kind)
        {
            case BtfKind.Pointer:
                Need(_spec.TargetOf(id), isComplete: false, depth + 1);
                break;
            case BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag or BtfKind.Function or BtfKind.Variable:
                Need(_spec.TargetOf(id), isComplete, depth + 1);
                break;
            case BtfKind.Array:
                Need(_spec.ArrayAt(id).Element, isComplete: true, depth + 1);
                break;
            case BtfKind.FunctionPrototype:
                Need(_spec.TargetOf(id), isComplete: false, depth + 1);
                for (int i = 0, count = _spec.LengthOf(id); i < count; i++) Need(_spec.ParameterAt(id, i).Type, isComplete: false, depth + 1);
                break;
            case BtfKind.Typedef:
                NeedTypedef(id, isComplete, depth);
                break;
            case BtfKind.Struct or BtfKind.Union:
                NeedComposite(id, isComplete, depth);
                break;
            case BtfKind.Enum or BtfKind.Enum64 when !IsAnonymous(id) && _progress.Define(id):
                WriteEnum(id);
                End();
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
        if (_progress.Define(id))
        {
            Need(target, isComplete: false, depth + 1);
            _text.Add("typedef "u8);
            _declaration.Write(target, _names.Typedef(id));
            End();
        }
        if (isComplete) Need(target, isComplete: true, depth + 1);
        _inside = inside;
    }

    private void NeedComposite(int id, bool isComplete, int depth)
    {
        bool isNamed = !IsAnonymous(id);
        if (isNamed && !isComplete)
        {
            if (id != _inside) Declare(id);
            return;
        }
        if (isNamed && !_progress.Define(id)) return;
        int inside = _inside;
        if (isNamed) _inside = id;
        _progress.Open(id);
        for (int i = 0, count = _spec.LengthOf(id); i < count; i++) Need(_spec.FieldAt(id, i).Type, isComplete: true, depth + 1);
        _progress.Close(id);
        _inside = inside;
        if (!isNamed) return;
        _progress.Declare(id);
        WriteComposite(id);
        End();
    }

    private void Declare(int id)
    {
        if (IsAnonymous(id) || !_progress.Declare(_names.DefinitionOf(id))) return;
        WriteTagged(id);
        End();
    }

    private bool IsAnonymous(int id) => _spec.NameBytesOf(id).IsEmpty;

    private void End()
    {
        _text.Add(";\n\n"u8);
        if (_text.Length >= EnoughToWrite) _text.MoveTo(_output);
    }
}

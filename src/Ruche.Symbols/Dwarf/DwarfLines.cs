// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Dwarf;

/// <summary>Reads the table of a unit that says which line an instruction is of.</summary>
internal static class DwarfLines
{
    private const int PathType = 1, DirectoryType = 2;
    private const int MostRows = 1 << 24;

    /// <summary>The places where statements of one source begin, in the order of the table. Instructions in a row that are of the same line and column are one.</summary>
    /// <exception cref="InvalidDataException">The table cannot be read.</exception>
    public static IEnumerable<SourceStatement> Of(DwarfUnit unit, DwarfSections sections, Func<string, bool> isWanted)
    {
        if (unit.Root.Number(DwarfAttribute.StatementList) is not { } start) return [];
        string home = unit.Root.Text(DwarfAttribute.CompilationDirectory) ?? "";
        DwarfCursor from = new(sections.Lines.Span, (long)Math.Min(start, long.MaxValue));
        ulong length = from.Length(out bool is64);
        int end = (int)Math.Min((ulong)from.Position + Math.Min(length, int.MaxValue), (ulong)sections.Lines.Length);
        from = new(sections.Lines.Span[..end], from.Position);
        ushort version = from.U16();
        if (version is < 2 or > 5) return [];
        if (version == 5) from.Skip(2);
        ulong headerLength = from.Offset(is64);
        long program = from.Position + (long)Math.Min(headerLength, int.MaxValue);
        byte least = from.U8();
        if (version >= 4) from.Skip(1);
        bool isStatement = from.U8() != 0;
        sbyte lineBase = (sbyte)from.U8();
        byte lineRange = from.U8(), firstSpecial = from.U8();
        if (lineRange == 0 || firstSpecial == 0) throw new InvalidDataException("a table of lines has no steps");
        byte[] operands = from.Take(firstSpecial - 1).ToArray();
        List<string> files = version == 5 ? Files(ref from, unit, home, is64) : OldFiles(ref from, home);
        from = new(sections.Lines.Span[..end], program);
        return new Machine(files, isWanted, least, isStatement, lineBase, lineRange, firstSpecial, operands).Run(from);
    }

    private static List<string> OldFiles(ref DwarfCursor from, string home)
    {
        List<string> directories = [home], files = [""];
        while (from.Text() is { Length: > 0 } directory) directories.Add(Join(home, directory));
        while (from.Text() is { Length: > 0 } file)
        {
            files.Add(Join(InList(directories, from.Uleb()), file));
            from.Uleb();
            from.Uleb();
        }

        return files;
    }

    private static List<string> Files(ref DwarfCursor from, DwarfUnit unit, string home, bool is64)
    {
        List<string> directories = [.. Names(ref from, unit, is64).Select(n => Join(home, n.Path))];
        return [.. Names(ref from, unit, is64).Select(n => Join(InList(directories, n.Directory), n.Path))];
    }

    private static List<(string Path, ulong Directory)> Names(ref DwarfCursor from, DwarfUnit unit, bool is64)
    {
        var forms = new (ulong Type, DwarfForm Form)[from.U8()];
        for (int i = 0; i < forms.Length; i++) forms[i] = (from.Uleb(), (DwarfForm)from.Uleb());
        List<(string, ulong)> names = [];
        ulong count = from.Uleb();
        for (ulong i = 0; i < count && forms.Length > 0; i++)
        {
            (string path, ulong directory) = ("", 0);
            foreach (var (type, form) in forms)
            {
                if (type == PathType && form is DwarfForm.Text) path = from.Text();
                else if (type == PathType) path = unit.TextOf(Value(ref from, form, is64)) ?? "";
                else if (type == DirectoryType) directory = Value(ref from, form, is64).Number;
                else Value(ref from, form, is64);
            }

            names.Add((path, directory));
        }

        return names;
    }

    private static DwarfValue Value(ref DwarfCursor from, DwarfForm form, bool is64)
    {
        switch (form)
        {
            case DwarfForm.Data1 or DwarfForm.TextIndex1: return new(form, from.U8());
            case DwarfForm.Data2 or DwarfForm.TextIndex2: return new(form, from.U16());
            case DwarfForm.TextIndex3: return new(form, from.Unsigned(3));
            case DwarfForm.Data4 or DwarfForm.TextIndex4: return new(form, from.U32());
            case DwarfForm.Data8: return new(form, from.U64());
            case DwarfForm.Data16: return new(form, from.Unsigned(16));
            case DwarfForm.UnsignedData or DwarfForm.TextIndex: return new(form, from.Uleb());
            case DwarfForm.TextOffset or DwarfForm.LineTextOffset: return new(form, from.Offset(is64));
            case DwarfForm.Text: from.Text(); return new(form, 0);
            case DwarfForm.Block: from.Skip(from.Uleb()); return new(form, 0);
            default: throw new InvalidDataException($"a table of lines has the unknown form {(int)form}");
        }
    }

    private static string InList(List<string> names, ulong index) => index < (ulong)names.Count ? names[(int)index] : "";

    private static string Join(string directory, string path) => directory.Length == 0 || path.StartsWith('/') ? path : $"{directory.TrimEnd('/')}/{path}";

    /// <summary>Runs the table, which is a program that makes rows.</summary>
    private sealed class Machine(List<string> files, Func<string, bool> isWanted, byte least, bool startsStatements, sbyte lineBase, byte lineRange, byte firstSpecial, byte[] operands)
    {
        private const byte Copy = 1, AdvanceAddress = 2, AdvanceLine = 3, SetFile = 4, SetColumn = 5, Negate = 6, ConstantAdvance = 8, FixedAdvance = 9;
        private const byte EndSequence = 1, SetAddress = 2;

        private readonly bool[] _isWanted = [.. files.Select(isWanted)];
        private readonly List<SourceStatement> _found = [];
        private ulong _address;
        private ulong _file = 1;
        private long _line = 1;
        private ulong _column;
        private bool _isStatement;
        private (ulong File, long Line, ulong Column) _before;
        private int _rows;

        public List<SourceStatement> Run(DwarfCursor from)
        {
            _isStatement = startsStatements;
            while (!from.IsAtEnd)
            {
                byte code = from.U8();
                if (code >= firstSpecial)
                {
                    int step = code - firstSpecial;
                    _address += (ulong)(step / lineRange) * least;
                    _line += lineBase + (step % lineRange);
                    Row();
                }
                else if (code == 0)
                {
                    Extended(ref from);
                }
                else
                {
                    Standard(ref from, code);
                }
            }

            return _found;
        }

        private void Standard(ref DwarfCursor from, byte code)
        {
            switch (code)
            {
                case Copy: Row(); break;
                case AdvanceAddress: _address += from.Uleb() * least; break;
                case AdvanceLine: _line += from.Sleb(); break;
                case SetFile: _file = from.Uleb(); break;
                case SetColumn: _column = from.Uleb(); break;
                case Negate: _isStatement = !_isStatement; break;
                case ConstantAdvance: _address += (ulong)((255 - firstSpecial) / lineRange) * least; break;
                case FixedAdvance: _address += from.U16(); break;
                default:
                    for (int i = 0; i < operands[code - 1]; i++) from.Uleb();
                    break;
            }
        }

        private void Extended(ref DwarfCursor from)
        {
            ulong length = from.Uleb();
            if (length == 0) return;
            byte code = from.U8();
            if (code == SetAddress && length is 9) _address = from.U64();
            else from.Skip(length - 1);
            if (code != EndSequence) return;
            (_address, _file, _line, _column, _isStatement, _before) = (0, 1, 1, 0, startsStatements, default);
        }

        private void Row()
        {
            if (++_rows > MostRows) throw new InvalidDataException("a table of lines has too many rows");
            if (!_isStatement) return;
            var here = (_file, _line, _column);
            bool isWanted = _file < (ulong)_isWanted.Length && _isWanted[_file] && _line is > 0 and <= int.MaxValue && _address != 0;
            if (isWanted && here != _before) _found.Add(new(files[(int)_file], (int)_line, (int)Math.Min(_column, int.MaxValue), _address));
            _before = here;
        }
    }
}

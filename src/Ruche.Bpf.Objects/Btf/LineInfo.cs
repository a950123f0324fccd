// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>Which source line a slot comes from. The strings are offsets into the object's BTF string section.</summary>
/// <param name="Slot">The slot, from the start of the function or program that owns the record.</param>
/// <param name="File">String offset of the file's name.</param>
/// <param name="Text">String offset of the line's text.</param>
/// <param name="LineColumn">Line in the upper 22 bits, column in the lower 10.</param>
public readonly record struct LineInfo(int Slot, int File, int Text, uint LineColumn)
{
    /// <summary>The line, counting from one.</summary>
    public int Line => (int)(LineColumn >> 10);

    /// <summary>The column, counting from one; 0 when unknown.</summary>
    public int Column => (int)(LineColumn & 0x3ff);
}

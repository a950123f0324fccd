// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfSpec
{
    /// <summary>The type as C writes it, for messages: <c>struct task_struct *</c>, <c>char[16]</c>, <c>int (*)(void *)</c>.</summary>
    public string TypeNameOf(int id) => CDeclaration.Text(this, id);
}

// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>An operator with one operand.</summary>
internal enum UnaryOperator
{
    Negate,
    Not,
    Complement,
    Dereference,
    AddressOf,
    PreIncrement,
    PreDecrement,
    PostIncrement,
    PostDecrement,
}

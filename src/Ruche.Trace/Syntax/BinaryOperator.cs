// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>An operator between two operands; also what a compound assignment computes.</summary>
internal enum BinaryOperator
{
    LogicalOr,
    LogicalAnd,
    Or,
    Xor,
    And,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

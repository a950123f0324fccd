using Ruche.Bpf.Machine;

namespace Name1.Tests;

/// <summary>The rule in this process: no root, no kernel.</summary>
public sealed class RuleTests
{
    private const int Denied = -13, NotPermitted = -1;

    [Theory]
    [InlineData(1000, 0, 0)]
    [InlineData(1001, 0, NotPermitted)]
    [InlineData(1000, Denied, Denied)]
    public void Only_listed_users_may(uint user, int decided, int expected)
    {
        using var machine = BpfMachine.Load(RuleObject.Spec);
        machine.HashMap<uint, byte>("Allowed")[1000] = 1;
        machine.Environment.Task = new() { ProcessId = 10, ThreadId = 10, UserId = user };

        var run = machine.Program("may_look_into").RunWith(0, 0, (ulong)decided);

        Assert.Null(run.Fault);
        Assert.Equal(expected, (int)run.ReturnValue);
    }
}

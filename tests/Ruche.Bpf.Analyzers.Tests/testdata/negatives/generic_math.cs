using System.Numerics;

[BpfObject]
public static class GenericMath
{
    static T Sum<T>(T one, T other)
        where T : unmanaged, INumber<T>
    {
        return one + other; // RU1002
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Sum(context.IngressInterface, 2u) > 4 ? XdpAction.Drop : XdpAction.Pass;
    }
}

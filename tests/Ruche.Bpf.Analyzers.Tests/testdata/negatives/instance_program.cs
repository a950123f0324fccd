[BpfObject]
public class InstanceProgram
{
    [Xdp]
    int Filter(in XdpContext context) => 1; // RU1010
}

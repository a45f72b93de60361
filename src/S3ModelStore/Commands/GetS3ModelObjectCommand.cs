using System.Management.Automation;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;
using S3ModelStore.Parameters;
using S3ModelStore.Pipeline;

namespace S3ModelStore.Commands;

/// <summary>Lists the objects of a model as its pages arrive.</summary>
[Cmdlet(VerbsCommon.Get, "S3ModelObject")]
[OutputType(typeof(S3ModelObject))]
public sealed class GetS3ModelObjectCommand : SourceCommand
{
    private protected override async Task RunAsync(S3ModelUri source, IPipeline pipeline, CancellationToken cancellation)
    {
        var count = 0L;
        await foreach (var item in Store.ListAsync(source, Filter, cancellation))
        {
            count++;
            await pipeline.WriteObjectAsync(item);
        }

        await pipeline.WriteVerboseAsync(Messages.ObjectsListed(source, count));
    }
}

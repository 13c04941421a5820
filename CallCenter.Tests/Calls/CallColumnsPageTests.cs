using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Calls;

/// <summary>Columns of the list, chosen and remembered.</summary>
public sealed class CallColumnsPageTests : CallsPageBench
{
    [Fact]
    public void Columns_Chosen_AreShownInOrderAndRemembered()
    {
        var page = RenderPage();
        Assert.Equal(["From", "To", "Answered by", "Outcome", "Start", "Wait", "Talk", "Recording"], Heads(page));

        page.Find("#column-queue").Change(true);
        page.Find("#column-wait").Change(false);

        Assert.Equal(["From", "To", "Answered by", "Outcome", "Start", "Talk", "Queue", "Recording"], Heads(page));
        Views.Received(1).RememberColumnsAsync(
            Arg.Is<IReadOnlyList<CallColumn>>(columns => CallColumns.Write(columns) == "to,answered-by,outcome,start,talk,queue,recording"), Arg.Any<CancellationToken>());
        Assert.EndsWith("/demo/calls", Navigation.Uri, StringComparison.Ordinal);

        page.Find("#columns-usual").Click();
        Assert.Equal(["From", "To", "Answered by", "Outcome", "Start", "Wait", "Talk", "Recording"], Heads(page));
    }

    [Fact]
    public void Columns_OfALink_AreChangedThereAndNotRemembered()
    {
        Kept(CallViews.None with { Columns = [CallColumn.Trunk] });
        var page = RenderPage("?cols=outcome,start");
        Assert.Equal(["From", "Outcome", "Start"], Heads(page));

        page.Find("#column-outcome").Change(false);

        Assert.EndsWith("?cols=start", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(["From", "Start"], Heads(page));
        Views.DidNotReceiveWithAnyArgs().RememberColumnsAsync([]);
    }

    [Fact]
    public void Columns_TagsAndResult_AreAskedForOnlyWhereShown()
    {
        Marks.ReadAsync([]).ReturnsForAnyArgs((Result<IReadOnlyDictionary<Guid, CallMarks>>)new Dictionary<Guid, CallMarks> { [Shown.Id] = new(["VIP"], "Sale", "") });
        var page = RenderPage();
        Marks.DidNotReceiveWithAnyArgs().ReadAsync([]);

        page.Find("#column-tags").Change(true);
        page.Find("#column-disposition").Change(true);

        var row = page.Find("tbody tr").TextContent;
        Assert.Contains("VIP", row, StringComparison.Ordinal);
        Assert.Contains("Sale", row, StringComparison.Ordinal);
    }
}

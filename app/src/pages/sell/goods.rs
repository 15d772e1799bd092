//! What is sold.

use leptos::prelude::*;
use market::{
    opening::{Condition, DESCRIPTION_MAX, Draft, Shipping},
    view::Category,
};

use super::{choices::Pills, filling::Filling};
use crate::components::{
    Field, TextArea, TextInput,
    field::described,
    form_check::FormCheck,
    goods_words::{category_name, condition_name},
    region_picker::RegionPicker,
};

/// Title, category, region, condition, shipping, description.
#[component]
pub fn Goods(filling: Filling) -> impl IntoView {
    let Filling { check, categories, region, search, .. } = filling;
    let draft = filling.first.get_value();
    let conditions = Condition::ALL.map(|known| (known.as_str().to_owned(), condition_name(known)));
    let shippings = Shipping::ALL.map(|known| (known.as_str().to_owned(), shipping_text(known)));
    view! {
        <section class="form-section">
            <h2>{tr!(sell.goods.heading)}</h2>
            <div class="form-stack">
                <TextInput
                    name="title"
                    label=tr!(sell.goods.title)
                    hint=tr!(sell.goods.title_hint)
                    value=draft.title
                    fault=check.fault("title")
                    maxlength=100
                />
                <div class="field-grid">
                    <CategorySelect
                        categories=categories.get_value()
                        chosen=draft.category
                        fault=check.fault("category")
                    />
                    <RegionPicker
                        search
                        label=tr!(sell.goods.region)
                        hint=tr!(sell.goods.region_hint)
                        chosen=region.get_value()
                        fault=check.fault("region")
                        optional=true
                        on_choose=move |()| check.touch("region")
                    />
                </div>
                <Pills
                    name="condition"
                    legend=tr!(sell.goods.condition)
                    chosen=draft.condition
                    options=conditions.to_vec()
                    fault=check.fault("condition")
                />
                <Pills
                    name="shipping"
                    legend=tr!(sell.goods.shipping)
                    chosen=draft.shipping
                    options=shippings.to_vec()
                    fault=check.fault("shipping")
                />
                <Description check text=draft.description />
            </div>
        </section>
    }
}

/// Free text of several lines.
#[component]
fn Description(check: FormCheck<Draft>, text: String) -> impl IntoView {
    view! {
        <Field
            id="description"
            label=tr!(sell.goods.description)
            hint=tr!(sell.goods.description_hint)
            fault=check.fault("description")
            optional=true
        >
            <TextArea
                name="description"
                id="description"
                value=text
                maxlength=DESCRIPTION_MAX
                hinted=true
                fault=check.fault("description")
            />
        </Field>
    }
}

#[component]
fn CategorySelect(
    categories: Vec<Category>,
    chosen: String,
    fault: Signal<Option<&'static str>>,
) -> impl IntoView {
    let none = chosen.is_empty();
    let options = categories.into_iter().map(move |category| {
        let selected = category.slug == chosen;
        let name = category_name(&category).to_owned();
        view! { <option value=category.slug selected=selected>{name}</option> }
    });
    view! {
        <Field id="category" label=tr!(sell.goods.category) fault>
            <select
                class="select"
                id="category"
                name="category"
                required
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=described("category", false, fault)
            >
                <option value="" selected=none>
                    {tr!(sell.goods.choose)}
                </option>
                {options.collect_view()}
            </select>
        </Field>
    }
}

/// As the seller is asked; others read `shipping_name`.
fn shipping_text(shipping: Shipping) -> &'static str {
    match shipping {
        Shipping::Seller => tr!(sell.goods.shipping_mine),
        Shipping::Buyer => tr!(sell.goods.shipping_theirs),
    }
}

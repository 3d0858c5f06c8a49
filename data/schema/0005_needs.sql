-- How a need ended without a project, in the sentence that its senders were told; '' = it has not.
alter table need add column ending varchar;
update need set ending = '';
